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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
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
final class ResponseCache {

    private static final int SHARE_OF_HEAP = 4;
    private static final int LARGEST = 256 << 10;

    /** Memory per cache entry besides key and body, in bytes. */
    private static final int OVERHEAD = 400;

    /** Headers that a {@link CachedResponse} repeats. A response with other headers is not cached. */
    private static final Set<String> REPEATED = Set.of("content-type", "content-length", "etag", "vary");

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

    ResponseCache(RecentChanges changes, InstantSource clock, LogPositions positions) {
        this.changes = changes;
        this.clock = clock;
        this.positions = positions;
    }

    /** One request's place in the cache: a response to send, or the duty to render one, for which others may wait. */
    final class Place implements AutoCloseable {

        private final DatedKey key;
        private final Optional<CachedResponse> response;
        private final Optional<Pending> duty;
        private final List<String> headersBefore;

        private Place(
                DatedKey key, Optional<CachedResponse> response, Optional<Pending> duty, List<String> headersBefore) {
            this.key = key;
            this.response = response;
            this.duty = duty;
            this.headersBefore = headersBefore;
        }

        /** The response to send; empty if it has to be rendered. */
        Optional<CachedResponse> response() {
            return response;
        }

        /** Keeps the rendered response, if it can be sent again, and shares it with the requests that wait for it. */
        void keep(HttpServletRequest request, ContentCachingResponseWrapper rendered) {
            if (duty.isPresent() && isRepeatable(rendered, headersBefore) && key.equals(keyOf(request))) {
                var fresh = CachedResponse.of(rendered);
                put(key, new Entry(fresh, duty.get().readPosition()));
                duty.get().response().complete(Optional.of(fresh));
            }
        }

        @Override
        public void close() {
            duty.ifPresent(mine -> {
                underWay.remove(key, mine);
                mine.response().complete(Optional.empty());
            });
        }
    }

    /**
     * Finds a cached response, or waits for one that another request renders.
     *
     * @param needed the position that the response must cover
     * @param issue the only issue that it shows, if there is only one
     */
    Place enter(HttpServletRequest request, HttpServletResponse response, ReadPosition needed, OptionalLong issue) {
        var key = keyOf(request);
        var known = responses.getIfPresent(key);
        if (known != null && isStillRight(known.readPosition, needed, issue)) {
            if (!known.readPosition.includes(needed)) {
                known.readPosition = needed;
            }
            return new Place(key, Optional.of(known.response), Optional.empty(), List.of());
        }
        var mine = new Pending(needed, new CompletableFuture<>());
        var pending = underWay.merge(
                key, mine, (other, own) -> other.readPosition().includes(own.readPosition()) ? other : own);
        var shared = pending.equals(mine)
                ? Optional.<CachedResponse>empty()
                : pending.response().join();
        if (shared.isPresent()) {
            return new Place(key, shared, Optional.empty(), List.of());
        }
        return new Place(key, shared, Optional.of(mine), List.copyOf(response.getHeaderNames()));
    }

    private boolean isStillRight(ReadPosition known, ReadPosition needed, OptionalLong issue) {
        return known.includes(needed)
                || (issue.isPresent()
                        && known.rowsEpoch() == needed.rowsEpoch()
                        && changes.isUnchanged(issue.getAsLong(), known.position(), needed.position()));
    }

    private DatedKey keyOf(HttpServletRequest request) {
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
    private void put(DatedKey key, Entry fresh) {
        responses
                .asMap()
                .merge(key, fresh, (known, other) -> known.readPosition.includes(other.readPosition) ? known : other);
    }
}
