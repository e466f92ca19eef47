package dev.recount.query.http;

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
    private final Map<Method, List<String>> projections = new ConcurrentHashMap<>();

    ReadFenceInterceptor(ReadFence fence) {
        this.fence = fence;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var read = projections.computeIfAbsent(method.getMethod(), ReadFenceInterceptor::projectionsOf);
            if (!read.isEmpty()) {
                var terms = ReadHeaders.termsOf(request);
                read.forEach(projection -> await(projection, terms));
                if (terms.staleOk()) {
                    response.setHeader(ReadHeaders.PREFERENCE_APPLIED, ReadHeaders.STALE_OK);
                }
            }
        }
        return true;
    }

    private static List<String> projectionsOf(Method endpoint) {
        var annotation = endpoint.getAnnotation(ReadsProjection.class);
        return annotation == null ? List.of() : List.of(annotation.value());
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
                ? ProblemType.POSITION_NOT_REACHED.problem(
                        "The log does not reach position %d yet.".formatted(terms.minPosition()))
                : ProblemType.PROJECTION_BEHIND.problem(
                        "What was written before this read is not all to be seen yet; try again, or take what is there"
                                + " with Prefer: stale-ok.");
    }
}
