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
 * Keeps bodies small enough to be held in memory, each by itself and all together: one with a length is refused before it is
 * read, one without when it grows past the limit, and larger ones wait until there is room for what is made of them. Uploads
 * are exempt, for they are streamed and have limits of their own.
 */
final class BodyLimitFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String UPLOAD = "multipart/";

    /** In bytes; of these a thousand may be under way without anybody counting. */
    static final int SMALL = 4 << 10;

    /** Bytes of the heap for each of a body: its text, what is read from it, the event, its JSON and its row. */
    private static final int FOOTPRINT = 16;

    private final long maxBytes;
    private final transient HeapBudget heap;
    private final transient ProblemWriter writer;

    BodyLimitFilter(DataSize max, HeapBudget heap, ProblemWriter writer) {
        this.maxBytes = max.toBytes();
        this.heap = heap;
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
            withRoom(length, request, response, chain);
        } else {
            try (LimitedRequest limited = new LimitedRequest(request, maxBytes, this::tooLarge, this::room)) {
                chain.doFilter(limited, response);
            }
        }
    }

    private void withRoom(long length, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (length <= SMALL) {
            chain.doFilter(request, response);
            return;
        }
        HeapBudget.Share room;
        try {
            room = room(length);
        } catch (ProblemException overloaded) {
            writer.write(request, response, overloaded.problem());
            return;
        }
        try (room) {
            chain.doFilter(request, response);
        }
    }

    private HeapBudget.Share room(long length) {
        return heap.take(length * FOOTPRINT);
    }

    private static boolean isUpload(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, UPLOAD, 0, UPLOAD.length());
    }

    private Problem tooLarge() {
        return ProblemType.BODY_TOO_LARGE.problem("The body may hold at most " + maxBytes + " bytes.");
    }
}
