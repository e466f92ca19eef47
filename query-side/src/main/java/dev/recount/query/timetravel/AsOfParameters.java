package dev.recount.query.timetravel;

import java.time.Instant;
import java.time.InstantSource;

/** The moment that what runs at present is told as of; nothing is bound where it is the present itself. */
public final class AsOfParameters {

    private static final ScopedValue<AsOf> MOMENT = ScopedValue.newInstance();

    private AsOfParameters() {}

    /** What time it is for who answers. */
    public static Instant now(InstantSource clock) {
        return MOMENT.isBound() ? MOMENT.get().at() : clock.instant();
    }

    static <T, X extends Throwable> T bind(AsOf moment, ScopedValue.CallableOp<T, X> read) throws X {
        return ScopedValue.where(MOMENT, moment).call(read);
    }
}
