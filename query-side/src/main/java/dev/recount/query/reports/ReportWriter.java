package dev.recount.query.reports;

import dev.recount.query.responses.AcceptHeader;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;

/**
 * Writes the result of a {@link ReportEndpoint} in the format that the client prefers.
 *
 * <p>CSV follows RFC 4180: a header line, CRLF, UTF-8, and an empty cell for null. No cell contains text entered by
 * users, so none can be taken for a formula.
 */
@Component
final class ReportWriter implements HandlerMethodReturnValueHandler, WebMvcConfigurer {

    private static final CsvMapper CSV = CsvMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final JsonMapper json;

    ReportWriter(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(this);
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return ReportTable.class.isAssignableFrom(returnType.getParameterType());
    }

    @Override
    public void handleReturnValue(
            @Nullable Object answer,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        var accept = AcceptHeader.of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        var format = ReportFormat.of(accept)
                .orElseThrow(() -> ProblemType.NOT_ACCEPTABLE
                        .problem("A report is written as application/json or as text/csv.")
                        .exception());
        var response = Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
        var table = (ReportTable<?>) Objects.requireNonNull(answer);
        var body = switch (format) {
            case JSON -> json.writeValueAsBytes(table);
            case CSV -> csv(table);
        };
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        response.setContentType(format.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] csv(ReportTable<?> table) {
        var schema = CSV.schemaFor(table.rowType()).withHeader().withLineSeparator("\r\n");
        return CSV.writer(schema).writeValueAsBytes(table.rows());
    }
}
