package dev.recount.standalone.audit;

import dev.recount.verifier.Leaf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes an event as a line of an export. */
final class ExportedLine {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @throws UnreadableLogException for an event that cannot be read */
    byte[] of(Leaf leaf) {
        var event = leaf.event();
        if (event == null) {
            throw new UnreadableLogException("Position " + leaf.position() + " cannot be read: " + leaf.fault() + ".");
        }
        line.reset();
        ascii("{\"position\":" + event.position() + ",\"stream\":\"");
        text(event.stream());
        ascii("\",\"sequence\":" + event.sequence() + ",\"event_id\":\"" + event.eventId() + "\",\"type\":\"");
        text(event.type());
        ascii("\",\"revision\":" + event.revision() + ",\"payload\":");
        line.writeBytes(event.payload());
        ascii(",\"metadata\":");
        line.writeBytes(event.metadata());
        ascii(",\"recorded_at\":\"" + TIME.format(Instant.EPOCH.plus(event.recordedAtMicros(), ChronoUnit.MICROS))
                + "\"");
        var recorded = leaf.recorded();
        if (recorded != null) {
            ascii(",\"hashes\":\"" + Base64.getEncoder().encodeToString(recorded) + "\"");
        }
        ascii("}\n");
        return line.toByteArray();
    }

    private void ascii(String text) {
        line.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        line.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    }
}
