package dev.recount.benchmarks.history;

import dev.recount.events.EventMetadata;
import dev.recount.events.RecountEvent;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** What all events of one change share: the time, the user and the request. */
record Occasion(Instant at, MetaData metadata, SplittableRandom random) {

    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    static Occasion at(Instant at, long actor, SplittableRandom random) {
        return new Occasion(
                at,
                MetaData.from(Map.of(
                        EventMetadata.ACTOR, Long.toString(actor), EventMetadata.REQUEST_ID, eventId(at, random))),
                random);
    }

    DomainEventMessage<?> event(String stream, long sequence, RecountEvent event) {
        String kind = stream.substring(0, stream.indexOf('-'));
        return new GenericDomainEventMessage<>(kind, stream, sequence, event, metadata, eventId(at, random), at);
    }

    /** A UUID of version 7 like those of the command side, but with the history's time and random numbers. */
    private static String eventId(Instant at, SplittableRandom random) {
        long time = at.toEpochMilli() << 16 | VERSION_7 | random.nextLong(1 << 12);
        return new UUID(time, random.nextLong() >>> 2 | VARIANT).toString();
    }
}
