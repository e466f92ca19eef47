package dev.recount.query.http;

import dev.recount.eventstore.EventLog;
import dev.recount.query.projection.PositionNotReachedException;
import dev.recount.query.projection.ReadFence;
import dev.recount.query.projection.ReadTerms;
import dev.recount.web.Problem;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets no read begin before its projections are where its client may expect them. */
@Component
final class ReadFenceInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ReadFence fence;
    private final EventLog log;
    private final Map<Method, Sources> sources = new ConcurrentHashMap<>();

    ReadFenceInterceptor(ReadFence fence, EventLog log) {
        this.fence = fence;
        this.log = log;
    }

    /** What an endpoint reads. */
    private record Sources(List<String> projections, boolean log) {

        private static final Sources NONE = new Sources(List.of(), false);

        private static Sources of(Method endpoint) {
            var annotation = endpoint.getAnnotation(ReadsProjection.class);
            return annotation == null ? NONE : new Sources(List.of(annotation.value()), annotation.log());
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var read = sources.computeIfAbsent(method.getMethod(), Sources::of);
            if (!read.equals(Sources.NONE)) {
                var terms = ReadHeaders.termsOf(request);
                if (read.log()) {
                    requireReached(terms);
                }
                awaitAll(read.projections(), terms, response);
            }
        }
        return true;
    }

    /** There is nothing to wait for: what was appended is there for whoever asks the database. */
    private void requireReached(ReadTerms terms) {
        if (terms.minPosition() > 0 && log.head() < terms.minPosition()) {
            throw beyondLog(terms).retryAfter(PAUSE).exception();
        }
    }

    private void awaitAll(List<String> projections, ReadTerms terms, HttpServletResponse response) {
        projections.forEach(projection -> await(projection, terms));
        if (terms.staleOk() && !projections.isEmpty()) {
            response.setHeader(ReadHeaders.PREFERENCE_APPLIED, ReadHeaders.STALE_OK);
        }
    }

    private void await(String projection, ReadTerms terms) {
        try {
            fence.await(projection, terms);
        } catch (PositionNotReachedException late) {
            throw notReached(terms, late).retryAfter(PAUSE).exception();
        }
    }

    private static Problem notReached(ReadTerms terms, PositionNotReachedException late) {
        return late.isBeyondLog()
                ? beyondLog(terms)
                : ProblemType.PROJECTION_BEHIND.problem(
                        "What was written before this read is not all to be seen yet; try again, or take what is there"
                                + " with Prefer: stale-ok.");
    }

    private static Problem beyondLog(ReadTerms terms) {
        return ProblemType.POSITION_NOT_REACHED.problem(
                "The log does not reach position %d yet.".formatted(terms.minPosition()));
    }
}
