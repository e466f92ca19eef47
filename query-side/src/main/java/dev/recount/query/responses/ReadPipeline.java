package dev.recount.query.responses;

import dev.recount.query.consistency.ReadConsistency;
import dev.recount.query.consistency.ReadPosition;
import dev.recount.query.consistency.ReadSessions;
import dev.recount.query.consistency.RenewedConnectionException;
import dev.recount.web.LogPositions;
import dev.recount.web.Preferences;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Runs every endpoint with {@link ReadsProjection}, in this order: it waits for the data that the request must see, reuses a
 * cached response, reserves memory, renders the response once, and sends it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class ReadPipeline implements HandlerAdapter {

    /**
     * Each failed attempt uses up a newly opened connection. A pool that opens this many within one request is in
     * trouble.
     */
    private static final int MOST_ATTEMPTS = 8;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RequestMappingHandlerAdapter endpoints;
    private final ConsistentReads barrier;
    private final ReadSessions sessions;
    private final ResponseCache cache;
    private final LargeResponseLimiter limiter;
    private final LogPositions positions;

    ReadPipeline(
            RequestMappingHandlerAdapter endpoints,
            ConsistentReads barrier,
            ReadSessions sessions,
            ResponseCache cache,
            LargeResponseLimiter limiter,
            LogPositions positions) {
        this.endpoints = endpoints;
        this.barrier = barrier;
        this.sessions = sessions;
        this.cache = cache;
        this.limiter = limiter;
        this.positions = positions;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && endpoints.supports(handler)
                && !ReadSources.of(method).isEmpty();
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        var endpoint = (HandlerMethod) handler;
        var sources = ReadSources.of(endpoint);
        var read = await(request, response, endpoint);
        if (!sources.cached()) {
            return render(request, response, endpoint, read);
        }
        if (read.position().isEmpty() || !HttpMethod.GET.matches(request.getMethod())) {
            return renderWithinMemory(request, response, endpoint, read, Optional.empty());
        }
        try (var entry = cache.enter(request, response, read.position().get(), sources.issueOf(request))) {
            if (entry.response().isPresent()) {
                entry.response().get().write(request, response);
                return null;
            }
            return renderWithinMemory(request, response, endpoint, read, Optional.of(entry));
        }
    }

    /** Waits at the barrier, and says so if the client gets stale data as it asked. */
    private AwaitedRead await(HttpServletRequest request, HttpServletResponse response, HandlerMethod endpoint) {
        var sources = ReadSources.of(endpoint);
        var terms = ReadHeaders.termsOf(request, positions);
        if (sources.log()) {
            barrier.requireReached(terms);
        }
        var read = await(sources, terms);
        if (terms.staleOk() && !sources.projections().isEmpty()) {
            response.addHeader(Preferences.APPLIED, ReadHeaders.STALE_OK);
        }
        return read;
    }

    /** Makes a read of the past wait for the data that its request must see, as reads of the present wait. */
    public void awaitPast(HttpServletRequest request, HttpServletResponse response, HandlerMethod endpoint) {
        var _ = await(request, response, endpoint);
    }

    private AwaitedRead await(ReadSources sources, ReadConsistency terms) {
        // A read that does not wait here may wait later, for past states.
        var since = sessions.now();
        var position = Optional.<ReadPosition>empty();
        for (var projection : sources.projections()) {
            position = barrier.awaitRequested(projection, terms);
            since = Math.min(since, position.map(ReadPosition::since).orElse(since));
        }
        return new AwaitedRead(terms, position, since);
    }

    private @Nullable ModelAndView renderWithinMemory(
            HttpServletRequest request,
            HttpServletResponse response,
            HandlerMethod endpoint,
            AwaitedRead read,
            Optional<ResponseCache.Place> entry)
            throws Exception {
        try (var memory = limiter.reserve(request, endpoint)) {
            var rendered = new ContentCachingResponseWrapper(response);
            var view = render(request, rendered, endpoint, read);
            entry.ifPresent(place -> place.keep(request, rendered));
            // While a slow client receives the response, only the response itself stays reserved.
            memory.shrinkTo(rendered.getContentSize());
            rendered.copyBodyToResponse();
            return view;
        }
    }

    /**
     * Runs the endpoint over connections that are older than the position that its request waited for. On a younger one
     * PostgreSQL may have crashed in between and lost the rows; then the request waits again, and the endpoint runs again.
     * Endpoints write only after they have read everything, so a failed attempt leaves no output.
     */
    private @Nullable ModelAndView render(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod endpoint, AwaitedRead awaited)
            throws Exception {
        var sources = ReadSources.of(endpoint);
        if (sources.projections().isEmpty()) {
            return endpoints.handle(request, response, endpoint);
        }
        var read = awaited;
        for (var attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                return ReadSessions.relyingOn(read.since(), () -> endpoints.handle(request, response, endpoint));
            } catch (RenewedConnectionException renewed) {
                read = await(sources, read.terms());
            }
        }
        throw ProblemType.DATABASE_UNAVAILABLE
                .problem("The connections to the database are lost again and again; try again.")
                .retryAfter(PAUSE)
                .exception();
    }
}
