package dev.recount.query.reports;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.query.projection.Projection;
import dev.recount.query.responses.CacheKey;
import dev.recount.query.responses.CachedResponse;
import dev.recount.query.responses.ReadPipeline;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.query.timetravel.AsOf;
import dev.recount.query.timetravel.AsOfResolver;
import dev.recount.query.timetravel.HistoryEpochs;
import dev.recount.query.timetravel.PastResponse;
import dev.recount.query.timetravel.Replays;
import dev.recount.web.LogPositions;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Serves every {@link Report} as of a moment ({@code as_of}). Its endpoint runs unchanged, but on tables replayed up to
 * that moment, and with a clock that shows that moment.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PastReports implements HandlerAdapter {

    /** Memory for cached responses, in bytes. */
    private static final long MOST_BYTES = 8 << 20;

    private static final int LARGEST = 1 << 20;
    private static final int OVERHEAD = 400;

    private final RequestMappingHandlerAdapter endpoints;
    private final ReadPipeline present;
    private final AsOfResolver moments;
    private final Replays replays;
    private final Map<String, Projection> projections;
    private final LogPositions positions;
    private final HistoryEpochs rowsEpochs;

    /** Responses from another epoch or another log have different keys. */
    private final Cache<PastKey, CachedResponse> responses = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((PastKey asked, CachedResponse past) ->
                    OVERHEAD + asked.key().size() + past.size())
            .executor(Runnable::run)
            .build();

    /** Whether the moment was settled at the time of the request makes no difference to the response. */
    private record PastKey(CacheKey key, String log, long position, Instant at, String rowsEpoch) {}

    PastReports(
            RequestMappingHandlerAdapter endpoints,
            ReadPipeline present,
            AsOfResolver moments,
            Replays replays,
            List<Projection> projections,
            LogPositions positions,
            HistoryEpochs rowsEpochs) {
        this.positions = positions;
        this.endpoints = endpoints;
        this.present = present;
        this.moments = moments;
        this.replays = replays;
        this.projections = projections.stream().collect(toMap(Projection::name, identity()));
        this.rowsEpochs = rowsEpochs;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && Report.class.isAssignableFrom(method.getBeanType())
                && endpoints.supports(handler);
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        var moment = momentOf(request);
        if (moment.isEmpty()) {
            return present.handle(request, response, handler);
        }
        var then = moment.get();
        present.awaitPast(request, response, (HandlerMethod) handler);
        var report = projectionsOf((HandlerMethod) handler);
        var rowsEpoch = rowsEpochs.at(report.stream().map(Projection::name).toList(), then.position());
        var key = new PastKey(CacheKey.of(request), positions.log(), then.position(), then.at(), rowsEpoch.text());
        var past = responses.getIfPresent(key);
        if (past == null) {
            past = render(request, response, (HandlerMethod) handler, then);
            if (past.size() <= LARGEST) {
                responses.put(key, past);
            }
        }
        var headers = new HttpHeaders();
        PastResponse.of(then, rowsEpoch, positions, headers);
        headers.forEach((name, values) -> response.setHeader(name, values.getFirst()));
        past.write(request, response);
        return null;
    }

    private Optional<AsOf> momentOf(HttpServletRequest request) {
        var query = QueryParameters.parse(
                request.getRequestURI(), Objects.requireNonNullElse(request.getQueryString(), ""));
        var moment = moments.askedFor(query);
        query.throwIfInvalid();
        return moment;
    }

    private CachedResponse render(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod report, AsOf moment)
            throws Exception {
        var written = new ContentCachingResponseWrapper(response);
        return replays.at(moment, projectionsOf(report), () -> {
            endpoints.handle(request, written, report);
            return CachedResponse.of(written).tagged();
        });
    }

    private List<Projection> projectionsOf(HandlerMethod report) {
        var read = Objects.requireNonNull(report.getMethodAnnotation(ReadsProjection.class));
        return Stream.of(read.value())
                .map(name -> Objects.requireNonNull(projections.get(name)))
                .toList();
    }
}
