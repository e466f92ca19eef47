package dev.recount.query.timetravel;

import java.time.Instant;
import java.time.InstantSource;

/** The moment as of which the current read runs; unbound for a read of the present. */
public final class AsOfParameters {

    private static final ScopedValue<AsOf> MOMENT = ScopedValue.newInstance();

    private AsOfParameters() {}

    /** The current time as the read sees it. */
    public static Instant now(InstantSource clock) {
        return MOMENT.isBound() ? MOMENT.get().at() : clock.instant();
    }

    static <T, X extends Throwable> T bind(AsOf moment, ScopedValue.CallableOp<T, X> read) throws X {
        return ScopedValue.where(MOMENT, moment).call(read);
    }
}
