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
 * Lets an endpoint read rows only over connections that are older than what its request waited for. Otherwise PostgreSQL may
 * have crashed in between and taken the rows back: the request waits once more, and the endpoint begins anew.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class SteadyReads implements HandlerAdapter {

    /** Each attempt uses up a connection that the pool has opened, and a pool that opens so many at once is in trouble. */
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

    /** Endpoints write nothing before they have read everything, so what begins anew leaves nothing behind. */
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
