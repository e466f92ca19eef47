package dev.recount.query.timetravel;

import dev.recount.web.LogPositions;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;

/** What is said of an answer about the past beside the answer itself. */
public final class PastResponse {

    /** The position that the answer is about, as writes give the position that they led to. */
    public static final String EVENT_POSITION = "Event-Position";

    /** The past does not change, but what an answer has to say of it may be more in the next release. */
    private static final Duration FRESH = Duration.ofDays(1);

    private PastResponse() {}

    /**
     * Of an answer that names its moment by something that will always mean the same. It can change all the same as long as an
     * event is left that a projection refused.
     */
    public static void settled(long position, HistoryEpoch rowsEpoch, LogPositions positions, HttpHeaders headers) {
        headers.set(EVENT_POSITION, positions.text(position));
        headers.setCacheControl(
                rowsEpoch.settled()
                        ? CacheControl.maxAge(FRESH).cachePrivate().immutable()
                        : CacheControl.noCache().cachePrivate());
    }

    /** Of one that is as old as the moment says; until a later event is recorded, one at that time still can be. */
    public static void of(AsOf moment, HistoryEpoch rowsEpoch, LogPositions positions, HttpHeaders headers) {
        settled(moment.position(), rowsEpoch, positions, headers);
        if (!moment.settled()) {
            headers.setCacheControl(CacheControl.noCache().cachePrivate());
        }
    }
}
