package dev.recount.query.responses;

import dev.recount.query.consistency.ReadSessions;
import dev.recount.query.consistency.RenewedConnectionException;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Runs an endpoint only over connections that are older than the position its request waited for. On a younger
 * connection PostgreSQL may have crashed in between and lost the rows. Then the request waits again, and the endpoint
 * is run again.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class SteadyReads implements HandlerAdapter {

    /**
     * Each failed attempt uses up a newly opened connection. A pool that opens this many within one request is in
     * trouble.
     */
    private static final int MOST_ATTEMPTS = 8;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RequestMappingHandlerAdapter endpoints;
    private final ReadBarrierInterceptor barrier;

    SteadyReads(RequestMappingHandlerAdapter endpoints, ReadBarrierInterceptor barrier) {
        this.endpoints = endpoints;
        this.barrier = barrier;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && endpoints.supports(handler)
                && !ReadSources.of(method).projections().isEmpty();
    }

    /**
     * Runs the endpoint again if necessary. Endpoints write only after they have read everything, so a failed attempt
     * leaves no output.
     */
    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        for (var attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                return ReadSessions.relyingOn(
                        ReadBarrierInterceptor.sinceOf(request), () -> endpoints.handle(request, response, handler));
            } catch (RenewedConnectionException renewed) {
                barrier.awaitAgain(request, (HandlerMethod) handler);
            }
        }
        throw ProblemType.DATABASE_UNAVAILABLE
                .problem("The connections to the database are lost again and again; try again.")
                .retryAfter(PAUSE)
                .exception();
    }
}
