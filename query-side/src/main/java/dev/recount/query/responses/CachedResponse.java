package dev.recount.query.responses;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** A 200 response that can be sent again. */
public final class CachedResponse {

    private final String contentType;
    private final List<String> vary;
    private final @Nullable String entityTag;
    private final byte[] body;

    private CachedResponse(String contentType, List<String> vary, @Nullable String entityTag, byte[] body) {
        this.contentType = contentType;
        this.vary = vary;
        this.entityTag = entityTag;
        this.body = body;
    }

    /** Copies the whole response that was written. */
    public static CachedResponse of(ContentCachingResponseWrapper written) {
        return new CachedResponse(
                Objects.requireNonNull(written.getContentType()),
                List.copyOf(written.getHeaders(HttpHeaders.VARY)),
                written.getHeader(HttpHeaders.ETAG),
                written.getContentAsByteArray());
    }

    /** This response with an entity tag computed from its body. */
    public CachedResponse tagged() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(body);
            var tag = '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, 16)) + '"';
            return new CachedResponse(contentType, vary, tag, body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Size of the body in bytes. */
    public int size() {
        return body.length;
    }

    /** Writes the response, or 304 if the client already has it. */
    public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        vary.stream()
                .filter(name -> !response.getHeaders(HttpHeaders.VARY).contains(name))
                .forEach(name -> response.addHeader(HttpHeaders.VARY, name));
        if (entityTag != null && isKnownTo(request, response)) {
            return;
        }
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private boolean isKnownTo(HttpServletRequest request, HttpServletResponse response) {
        // Spring compares tags, but treats the asterisk as a condition for writes only (RFC 9110, section 13.1.2).
        if ("*".equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setHeader(HttpHeaders.ETAG, entityTag);
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return true;
        }
        return new ServletWebRequest(request, response).checkNotModified(Objects.requireNonNull(entityTag));
    }
}
