package dev.recount.query.responses;

import dev.recount.query.consistency.ReadConsistency;
import dev.recount.query.consistency.ReadPosition;
import dev.recount.query.consistency.ReadSessions;
import dev.recount.web.LogPositions;
import dev.recount.web.Preferences;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Holds back each read until its projections have reached the position that its client may expect. */
@Component
final class ReadBarrierInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private static final String COVERAGE = ReadPosition.class.getName();
    private static final String SINCE = ReadSessions.class.getName();

    private final ConsistentReads reads;
    private final LogPositions positions;
    private final ReadSessions sessions;

    ReadBarrierInterceptor(ConsistentReads reads, LogPositions positions, ReadSessions sessions) {
        this.positions = positions;
        this.reads = reads;
        this.sessions = sessions;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var read = ReadSources.of(method);
            if (!read.isEmpty()) {
                var terms = ReadHeaders.termsOf(request, positions);
                if (read.log()) {
                    reads.requireReached(terms);
                }
                await(read, terms, request);
                if (terms.staleOk() && !read.projections().isEmpty()) {
                    response.addHeader(Preferences.APPLIED, ReadHeaders.STALE_OK);
                }
            }
        }
        return true;
    }

    private void await(ReadSources read, ReadConsistency terms, HttpServletRequest request) {
        // A read that does not wait here may wait later, for past states.
        var since = sessions.now();
        for (var projection : read.projections()) {
            var readPosition = reads.awaitRequested(projection, terms);
            since = Math.min(since, readPosition.map(ReadPosition::since).orElse(since));
            if (read.cached()) {
                readPosition.ifPresent(known -> request.setAttribute(COVERAGE, known));
            }
        }
        request.setAttribute(SINCE, since);
    }

    /** Waits again, for the position that the request must see by now. */
    void awaitAgain(HttpServletRequest request, HandlerMethod endpoint) {
        await(ReadSources.of(endpoint), ReadHeaders.termsOf(request, positions), request);
    }

    /**
     * The moment ({@link ReadSessions#now}) that limits the age of the connections on which the request reads rows.
     * None of them may be younger.
     */
    static long sinceOf(HttpServletRequest request) {
        return request.getAttribute(SINCE) instanceof Long since ? since : Long.MAX_VALUE;
    }

    /**
     * The position that the request waited for. Empty if it reads something other than one projection, or accepts stale
     * data.
     */
    static Optional<ReadPosition> readPositionOf(HttpServletRequest request) {
        return Optional.ofNullable((ReadPosition) request.getAttribute(COVERAGE));
    }
}
