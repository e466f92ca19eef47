package dev.recount.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Keeps bodies small enough to be held in memory: one with a length is refused before it is read, one without when it grows
 * past the limit. Uploads are exempt, for they are streamed and have limits of their own.
 */
final class BodyLimitFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String UPLOAD = "multipart/";

    private final long maxBytes;
    private final transient ProblemWriter writer;

    BodyLimitFilter(DataSize max, ProblemWriter writer) {
        this.maxBytes = max.toBytes();
        this.writer = writer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long length = request.getContentLengthLong();
        if (isUpload(request.getContentType())) {
            chain.doFilter(request, response);
        } else if (length > maxBytes) {
            writer.write(request, response, tooLarge());
        } else if (length >= 0 || request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(new LimitedRequest(request, maxBytes, this::tooLarge), response);
        }
    }

    private static boolean isUpload(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, UPLOAD, 0, UPLOAD.length());
    }

    private Problem tooLarge() {
        return ProblemType.BODY_TOO_LARGE.problem("The body may hold at most " + maxBytes + " bytes.");
    }
}
