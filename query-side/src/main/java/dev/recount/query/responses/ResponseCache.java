package dev.recount.query.responses;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.query.consistency.ReadPosition;
import dev.recount.query.daemon.RecentChanges;
import dev.recount.web.LogPositions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Caches responses until an event can change them. A cached response is valid if no event was appended since, or none
 * of the only issue that it shows. A change of the rows in any other way invalidates it, too.
 *
 * <p>Every read still determines the end of the log, whichever node appended to it. So a cached response equals what
 * the endpoint would return. Concurrent identical requests share one response, unless a request must see more than that
 * response covers. Only endpoints that declare it take part ({@link ReadsProjection#cached}).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class ResponseCache implements HandlerAdapter {

    private static final int SHARE_OF_HEAP = 4;
    private static final int LARGEST = 256 << 10;

    /** Memory per cache entry besides key and body, in bytes. */
    private static final int OVERHEAD = 400;

    /** Headers that a {@link CachedResponse} repeats. A response with other headers is not cached. */
    private static final Set<String> REPEATED = Set.of("content-type", "content-length", "etag", "vary");

    private final RequestMappingHandlerAdapter endpoints;
    private final LargeResponseLimiter large;
    private final RecentChanges changes;
    private final InstantSource clock;
    private final LogPositions positions;
    private final Cache<DatedKey, Entry> responses = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
            .weigher((DatedKey asked, Entry kept) -> OVERHEAD + asked.key().size() + kept.response.size())
            .executor(Runnable::run)
            .build();
    private final ConcurrentMap<DatedKey, Pending> underWay = new ConcurrentHashMap<>();

    /** The meaning of a request depends on the log, and on the day in UTC if it omits a period. */
    private record DatedKey(CacheKey key, String log, LocalDate day) {}

    private static final class Entry {

        private final CachedResponse response;

        /** The latest position for which the response is known to be valid. */
        private volatile ReadPosition readPosition;

        private Entry(CachedResponse response, ReadPosition readPosition) {
            this.response = response;
            this.readPosition = readPosition;
        }
    }

    /** A response being built; completes empty if the response cannot be cached. */
    private record Pending(ReadPosition readPosition, CompletableFuture<Optional<CachedResponse>> response) {}

    ResponseCache(
            RequestMappingHandlerAdapter endpoints,
            LargeResponseLimiter large,
            RecentChanges changes,
            InstantSource clock,
            LogPositions positions) {
        this.positions = positions;
        this.endpoints = endpoints;
        this.large = large;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && endpoints.supports(handler)
                && ReadSources.of(method).cached();
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        var readPosition = ReadBarrierInterceptor.readPositionOf(request);
        var endpoint = (HandlerMethod) handler;
        if (readPosition.isEmpty() || !HttpMethod.GET.matches(request.getMethod())) {
            return large.make(request, response, endpoint, _ -> {});
        }
        var needed = readPosition.get();
        var asked = asked(request);
        var kept = responses.getIfPresent(asked);
        if (kept != null
                && isStillRight(
                        kept.readPosition, needed, ReadSources.of(endpoint).issueOf(request))) {
            if (!kept.readPosition.includes(needed)) {
                kept.readPosition = needed;
            }
            kept.response.write(request, response);
            return null;
        }
        var mine = new Pending(needed, new CompletableFuture<>());
        var pending = underWay.merge(
                asked, mine, (other, own) -> other.readPosition().includes(own.readPosition()) ? other : own);
        if (!pending.equals(mine)) {
            var shared = pending.response().join();
            if (shared.isPresent()) {
                shared.get().write(request, response);
                return null;
            }
        }
        try {
            return respond(asked, mine, request, response, endpoint);
        } finally {
            underWay.remove(asked, mine);
            mine.response().complete(Optional.empty());
        }
    }

    private boolean isStillRight(ReadPosition known, ReadPosition needed, OptionalLong issue) {
        return known.includes(needed)
                || (issue.isPresent()
                        && known.rowsEpoch() == needed.rowsEpoch()
                        && changes.isUnchanged(issue.getAsLong(), known.position(), needed.position()));
    }

    private @Nullable ModelAndView respond(
            DatedKey asked,
            Pending pending,
            HttpServletRequest request,
            HttpServletResponse response,
            HandlerMethod endpoint)
            throws Exception {
        var before = List.copyOf(response.getHeaderNames());
        return large.make(request, response, endpoint, written -> {
            if (isRepeatable(written, before) && asked.equals(asked(request))) {
                var fresh = CachedResponse.of(written);
                keep(asked, new Entry(fresh, pending.readPosition()));
                pending.response().complete(Optional.of(fresh));
            }
        });
    }

    private DatedKey asked(HttpServletRequest request) {
        return new DatedKey(
                CacheKey.of(request), positions.log(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private static boolean isRepeatable(ContentCachingResponseWrapper written, List<String> headersBefore) {
        var added = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        added.addAll(written.getHeaderNames());
        headersBefore.forEach(added::remove);
        return written.getStatus() == HttpStatus.OK.value()
                && written.getContentSize() <= LARGEST
                && added.stream().allMatch(name -> REPEATED.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** Keeps the newer entry: a read that began earlier may end later. */
    private void keep(DatedKey asked, Entry fresh) {
        responses
                .asMap()
                .merge(asked, fresh, (known, other) -> known.readPosition.includes(other.readPosition) ? known : other);
    }
}
