package dev.recount.query.responses;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.web.ClientPace;
import dev.recount.web.HeapBudget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Limits how many large responses are built at the same time, by the heap that is available. The size of the last
 * response to the same request predicts the size of the next one.
 */
@Component
final class LargeResponseLimiter {

    /** In bytes; smaller sizes are not remembered. */
    private static final int LARGE = 64 << 10;

    /**
     * Heap bytes per byte of a response being built: the rows as received, the objects read from them, and the text
     * twice.
     */
    private static final int FOOTPRINT = 6;

    private static final int REMEMBERED = 10_000;

    private final SteadyReads endpoints;
    private final HeapBudget heap;
    private final Cache<String, Integer> sizes = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** Inspects the written response before it is sent to the client. */
    @FunctionalInterface
    interface Look {
        void at(ContentCachingResponseWrapper written);
    }

    LargeResponseLimiter(SteadyReads endpoints, HeapBudget heap) {
        this.endpoints = endpoints;
        this.heap = heap;
    }

    /** @throws dev.recount.web.ProblemException 503 if no memory becomes available in time */
    @Nullable
    ModelAndView make(HttpServletRequest request, HttpServletResponse response, HandlerMethod endpoint, Look look)
            throws Exception {
        var asked = asked(request, endpoint);
        var expected = (long) Objects.requireNonNullElse(sizes.getIfPresent(asked), 0);
        try (var share = heap.take(expected * FOOTPRINT, ClientPace.of(request))) {
            var written = new ContentCachingResponseWrapper(response);
            var view = endpoints.handle(request, written, endpoint);
            var size = written.getContentSize();
            if (size >= LARGE) {
                sizes.put(asked, size);
            }
            look.at(written);
            // While a slow client receives the response, only the response itself stays reserved.
            share.shrinkTo(size);
            written.copyBodyToResponse();
            return view;
        }
    }

    /** A past state of an issue is about as large as the issue. */
    private static String asked(HttpServletRequest request, HandlerMethod endpoint) {
        return ReadSources.of(endpoint).issueOf(request).isPresent()
                ? request.getRequestURI()
                : request.getRequestURI() + '?' + request.getQueryString();
    }
}
