package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request with a problem document, the only place that does. Whatever the client says to accept, it gets
 * {@code application/problem+json}: an error in an unwanted format tells more than none.
 */
public final class ProblemWriter {

    private static final String MEDIA_TYPE = "application/problem+json";

    private final JsonMapper mapper;

    /** @param mapper the one that writes the bodies of responses, so that members look like these */
    ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The response must not be committed and must hold no other body. */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        byte[] document = document(request, problem);
        response.setStatus(problem.status());
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        SecurityHeaders.on(response);
        problem.headers().forEach(response::setHeader);
        // A 404 may be cached by default, and would then hide what is created next.
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    /** The document alone, for an answer that has begun and goes on in another format. */
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
