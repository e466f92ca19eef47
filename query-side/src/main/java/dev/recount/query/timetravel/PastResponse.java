package dev.recount.query.timetravel;

import dev.recount.web.LogPositions;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;

/** The headers of a response about the past. */
public final class PastResponse {

    /** The position that the response is about; writes return their position in the same header. */
    public static final String EVENT_POSITION = "Event-Position";

    /** The past does not change, but a later release may show more of it. */
    private static final Duration FRESH = Duration.ofDays(1);

    private PastResponse() {}

    /**
     * Sets the headers of a response whose request always means the same moment. It can still change as long as a
     * refused event is left.
     */
    public static void settled(long position, HistoryEpoch rowsEpoch, LogPositions positions, HttpHeaders headers) {
        headers.set(EVENT_POSITION, positions.text(position));
        headers.setCacheControl(
                rowsEpoch.settled()
                        ? CacheControl.maxAge(FRESH).cachePrivate().immutable()
                        : CacheControl.noCache().cachePrivate());
    }

    /**
     * Sets the headers of a response as of a moment. Until a later event is recorded, another event may still be
     * recorded at that time.
     */
    public static void of(AsOf moment, HistoryEpoch rowsEpoch, LogPositions positions, HttpHeaders headers) {
        settled(moment.position(), rowsEpoch, positions, headers);
        if (!moment.settled()) {
            headers.setCacheControl(CacheControl.noCache().cachePrivate());
        }
    }
}
