package dev.recount.query.responses;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.web.ClientPace;
import dev.recount.web.HeapBudget;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

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

    private final HeapBudget heap;
    private final Cache<String, Integer> sizes = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** Memory for one response. */
    final class Reservation implements AutoCloseable {

        private final String asked;
        private final HeapBudget.Share share;

        private Reservation(String asked, HeapBudget.Share share) {
            this.asked = asked;
            this.share = share;
        }

        /** Gives back what rendering took besides the response itself. */
        void shrinkTo(int size) {
            if (size >= LARGE) {
                sizes.put(asked, size);
            }
            share.shrinkTo(size);
        }

        @Override
        public void close() {
            share.close();
        }
    }

    LargeResponseLimiter(HeapBudget heap) {
        this.heap = heap;
    }

    /** @throws dev.recount.web.ProblemException 503 if no memory becomes available in time */
    Reservation reserve(HttpServletRequest request, HandlerMethod endpoint) {
        var asked = asked(request, endpoint);
        var expected = (long) Objects.requireNonNullElse(sizes.getIfPresent(asked), 0);
        return new Reservation(asked, heap.take(expected * FOOTPRINT, ClientPace.of(request)));
    }

    /** A past state of an issue is about as large as the issue. */
    private static String asked(HttpServletRequest request, HandlerMethod endpoint) {
        return ReadSources.of(endpoint).issueOf(request).isPresent()
                ? request.getRequestURI()
                : request.getRequestURI() + '?' + request.getQueryString();
    }
}
