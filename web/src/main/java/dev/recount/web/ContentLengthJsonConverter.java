package dev.recount.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.FastByteArrayOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets {@code Content-Length} before sending a JSON body. So head and body leave in one write, while Spring MVC would
 * send a chunk and, in a second write, the end mark. It also prevents sending part of a body that cannot be written
 * completely.
 */
final class ContentLengthJsonConverter extends JacksonJsonHttpMessageConverter {

    ContentLengthJsonConverter(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(
            Object body, ResolvableType type, HttpOutputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        FastByteArrayOutputStream bytes = new FastByteArrayOutputStream();
        super.writeInternal(body, type, new Measured(message.getHeaders(), bytes), hints);
        message.getHeaders().setContentLength(bytes.size());
        bytes.writeTo(message.getBody());
    }

    private record Measured(HttpHeaders headers, OutputStream body) implements HttpOutputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getBody() {
            return body;
        }
    }
}
