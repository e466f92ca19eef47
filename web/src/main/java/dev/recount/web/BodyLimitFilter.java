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
 * Limits the memory of request bodies, each by itself and all together. A body with a length is refused before it is
 * read, a body without one when it exceeds the limit. Larger bodies wait until there is enough memory. Gzip bodies are
 * unpacked, and their unpacked size counts. Uploads are exempt, because they are streamed and have their own limits.
 * Packed uploads are refused.
 */
final class BodyLimitFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String UPLOAD = "multipart/";

    private final long maxBytes;
    private final transient BodyMemory.Budgets budgets;
    private final transient ProblemWriter writer;

    BodyLimitFilter(DataSize max, BodyMemory.Budgets budgets, ProblemWriter writer) {
        this.maxBytes = max.toBytes();
        this.budgets = budgets;
        this.writer = writer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
            chain.doFilter(request, response);
            return;
        }
        boolean upload = isUpload(request.getContentType());
        ContentCoding coding = ContentCoding.of(request);
        if (coding == ContentCoding.OTHER || (upload && coding != ContentCoding.NONE)) {
            writer.write(request, response, unknownCoding(upload));
        } else if (upload) {
            chain.doFilter(request, response);
        } else if (length > maxBytes) {
            writer.write(request, response, tooLarge());
        } else if (length > 0 && length <= BodyMemory.SMALL && coding == ContentCoding.NONE) {
            chain.doFilter(request, response);
        } else {
            try (BodyMemory memory = new BodyMemory(budgets, ClientPace.of(request))) {
                chain.doFilter(
                        new LimitedRequest(request, coding == ContentCoding.GZIP, maxBytes, this::tooLarge, memory),
                        response);
            }
        }
    }

    private static boolean isUpload(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, UPLOAD, 0, UPLOAD.length());
    }

    private static Problem unknownCoding(boolean upload) {
        return ProblemType.UNSUPPORTED_MEDIA_TYPE
                .problem(
                        upload
                                ? "An upload is read only as it is, without a Content-Encoding."
                                : "A body is read as it is or packed with gzip, not with another Content-Encoding.")
                .withHeader("Accept-Encoding", upload ? "identity" : "gzip");
    }

    private Problem tooLarge() {
        return ProblemType.BODY_TOO_LARGE.problem("The body may hold at most " + maxBytes + " bytes.");
    }
}
