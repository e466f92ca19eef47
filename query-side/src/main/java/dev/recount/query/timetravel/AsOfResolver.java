package dev.recount.query.timetravel;

import dev.recount.eventstore.read.EventLog;
import dev.recount.web.LogPositions;
import dev.recount.web.QueryParameters;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Resolves the moments that requests name, by a time or by a position of the log.
 *
 * <p>A time stands for the longest prefix of the log in which every event was recorded at that time or before.
 */
@Component
public final class AsOfResolver {

    public static final String AS_OF = "as_of";

    private final LogTimes times;
    private final EventLog log;
    private final InstantSource clock;
    private final LogPositions positions;

    AsOfResolver(LogTimes times, EventLog log, InstantSource clock, LogPositions positions) {
        this.positions = positions;
        this.times = times;
        this.log = log;
        this.clock = clock;
    }

    /** The whole log as of now. */
    public AsOf present() {
        return new AsOf(log.head(), clock.instant(), false);
    }

    /** The moment that {@code as_of} names. Empty if the parameter is absent or invalid; an error is collected. */
    public Optional<AsOf> askedFor(QueryParameters query) {
        return query.optionalText(AS_OF).flatMap(text -> {
            var position = positions.parse(AS_OF, text);
            return position.isPresent() ? atPosition(position.getAsLong(), AS_OF, query) : atTime(text, AS_OF, query);
        });
    }

    /**
     * The moment at a position that a parameter names. Empty for 0, with an error collected.
     *
     * @throws dev.recount.web.ProblemException 400 if the log does not have the position
     */
    public Optional<AsOf> atPosition(long position, String parameter, QueryParameters query) {
        var moment = position > 0 ? times.at(position) : Optional.<AsOf>empty();
        if (moment.isEmpty()) {
            positions.requireReached(parameter, position, log::head);
            query.reject(parameter, "must be a position that the log has");
        }
        return moment;
    }

    /** The moment at a time that a parameter names. Empty if it is invalid, with an error collected. */
    public Optional<AsOf> atTime(String text, String parameter, QueryParameters query) {
        // The log stores microseconds.
        var time = QueryParameters.time(text).map(given -> given.truncatedTo(ChronoUnit.MICROS));
        if (time.isEmpty()) {
            query.reject(parameter, "must be a time such as 2026-01-09T12:08:01Z, or a position of the log");
        } else if (isFuture(time.get())) {
            query.reject(parameter, "must not be in the future");
            return Optional.empty();
        }
        return time.map(times::at);
    }

    /** A recorded time is never in the future, even if the clock that recorded it is ahead of the local one. */
    private boolean isFuture(Instant time) {
        return time.isAfter(clock.instant())
                && times.latest().filter(latest -> !time.isAfter(latest)).isEmpty();
    }
}
