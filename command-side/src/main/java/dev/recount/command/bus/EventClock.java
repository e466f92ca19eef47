package dev.recount.command.bus;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.axonframework.eventhandling.GenericEventMessage;

/**
 * The clock that Axon stamps events with. Within a command it shows the time given to it, so that all events of one
 * edit carry the same time. Outside commands it shows the time of the underlying clock.
 */
public final class EventClock extends Clock {

    private static final ScopedValue<Instant> GIVEN = ScopedValue.newInstance();

    private final Clock clock;

    private EventClock(Clock clock) {
        this.clock = clock;
    }

    /** Wraps Axon's process-wide clock in this one. */
    static void install() {
        if (!(GenericEventMessage.clock instanceof EventClock)) {
            GenericEventMessage.clock = new EventClock(GenericEventMessage.clock);
        }
    }

    public static Instant now() {
        return GenericEventMessage.clock.instant();
    }

    /** Gives this time to every event created while {@code creation} runs in this thread. */
    public static void at(Instant time, Runnable creation) {
        ScopedValue.where(GIVEN, time).run(creation);
    }

    @Override
    public Instant instant() {
        return GIVEN.isBound() ? GIVEN.get() : clock.instant();
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new EventClock(clock.withZone(zone));
    }
}
