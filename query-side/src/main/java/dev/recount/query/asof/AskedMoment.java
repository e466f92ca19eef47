package dev.recount.query.asof;

import java.time.Instant;
import java.time.InstantSource;

/** The moment that what runs at present is told as of; nothing is bound where it is the present itself. */
public final class AskedMoment {

    private static final ScopedValue<Moment> MOMENT = ScopedValue.newInstance();

    private AskedMoment() {}

    /** What time it is for who answers. */
    public static Instant now(InstantSource clock) {
        return MOMENT.isBound() ? MOMENT.get().at() : clock.instant();
    }

    static <T, X extends Throwable> T bind(Moment moment, ScopedValue.CallableOp<T, X> read) throws X {
        return ScopedValue.where(MOMENT, moment).call(read);
    }
}
