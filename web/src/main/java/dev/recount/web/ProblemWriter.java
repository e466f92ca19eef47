package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes problem documents; the only class that does. The response is {@code application/problem+json} regardless of
 * {@code Accept}: an error in an unwanted format is more useful than none.
 */
public final class ProblemWriter {

    private static final String MEDIA_TYPE = "application/problem+json";

    private final JsonMapper mapper;

    /** @param mapper the mapper of response bodies, so that members have the same form */
    ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Writes the problem. The response must be uncommitted and without another body. */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        byte[] document = document(request, problem);
        response.setStatus(problem.status());
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        SecurityHeaders.on(response);
        problem.headers().forEach(response::setHeader);
        // A 404 may be cached by default, and would then hide a resource created later.
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    /** The document alone, for a response that has already begun in another format. */
    public byte[] document(HttpServletRequest request, Problem problem) {
        return document(problem, ProblemInstance.of(request.getRequestURI()));
    }

    private byte[] document(Problem problem, String instance) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = mapper.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "urn:recount:problem:" + problem.code());
            json.writeStringProperty("title", problem.type().title());
            json.writeNumberProperty("status", problem.status());
            json.writeStringProperty("detail", problem.detail());
            json.writeStringProperty("instance", instance);
            json.writeStringProperty("code", problem.code());
            if (!problem.errors().isEmpty()) {
                writeMember(json, "errors", problem.errors());
            }
            problem.members().forEach((name, value) -> writeMember(json, name, value));
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private void writeMember(JsonGenerator json, String name, @Nullable Object value) {
        json.writeName(name);
        mapper.writeValue(json, value);
    }
}
