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
 * Makes the answers that may be large, as many at a time as the heap has room for: what an answer needs is known from the
 * last one to the same question.
 */
@Component
final class LargeResponseLimiter {

    /** In bytes; smaller ones are not remembered. */
    private static final int LARGE = 64 << 10;

    /** Bytes of the heap for each of an answer in the making: rows as they come, what is read from them, the text twice. */
    private static final int FOOTPRINT = 6;

    private static final int REMEMBERED = 10_000;

    private final SteadyReads endpoints;
    private final HeapBudget heap;
    private final Cache<String, Integer> sizes = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** Does something with what was written before it goes to the client. */
    @FunctionalInterface
    interface Look {
        void at(ContentCachingResponseWrapper written);
    }

    LargeResponseLimiter(SteadyReads endpoints, HeapBudget heap) {
        this.endpoints = endpoints;
        this.heap = heap;
    }

    /** @throws dev.recount.web.ProblemException 503 where there was no room for long */
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
            // A slow client keeps no more than what it waits for.
            share.shrinkTo(size);
            written.copyBodyToResponse();
            return view;
        }
    }

    /** The past of an issue is about as large as the issue. */
    private static String asked(HttpServletRequest request, HandlerMethod endpoint) {
        return ReadSources.of(endpoint).issueOf(request).isPresent()
                ? request.getRequestURI()
                : request.getRequestURI() + '?' + request.getQueryString();
    }
}
