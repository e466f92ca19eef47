package dev.recount.verifier;

import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Parses the event lines of an export, strictly: unknown members are errors.
 *
 * <p>Not thread-safe.
 */
final class ExportLine {

    private static final Pattern EVENT_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final CanonicalJson canonical = new CanonicalJson();
    private final LeafHasher hasher = new LeafHasher();

    private long position;
    private @Nullable String stream;
    private long sequence;
    private @Nullable String eventId;
    private @Nullable String type;
    private long revision;
    private byte @Nullable [] payload;
    private byte @Nullable [] metadata;
    private @Nullable String recordedAt;
    private byte @Nullable [] hashes;

    Leaf read(byte[] bytes, int offset, int length) {
        position = 0;
        sequence = -1;
        revision = -1;
        stream = eventId = type = recordedAt = null;
        payload = metadata = hashes = null;
        try (var parser = CanonicalJson.parser(bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedLogException("the line is no JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                member(parser.currentName(), parser);
            }
            if (parser.nextToken() != null) {
                throw new MalformedLogException("more follows on the line");
            }
            var event = event();
            return new Leaf(position, event, hasher.hash(event), hashes, null);
        } catch (MalformedLogException malformed) {
            return Leaf.unreadable(position, String.valueOf(malformed.getMessage()));
        } catch (JacksonException | IllegalArgumentException noJson) {
            return Leaf.unreadable(
                    position,
                    "the line is not as it should be: "
                            + (noJson instanceof JacksonException json
                                    ? json.getOriginalMessage()
                                    : noJson.getMessage()));
        }
    }

    private void member(String name, JsonParser parser) {
        var token = parser.nextToken();
        switch (name) {
            case "position" -> position = number(name, position == 0, parser, token);
            case "stream" -> stream = text(name, stream, parser, token);
            case "sequence" -> sequence = number(name, sequence < 0, parser, token);
            case "event_id" -> eventId = text(name, eventId, parser, token);
            case "type" -> type = text(name, type, parser, token);
            case "revision" -> revision = number(name, revision < 0, parser, token);
            case "payload" -> payload = json(name, payload, parser);
            case "metadata" -> metadata = json(name, metadata, parser);
            case "recorded_at" -> recordedAt = text(name, recordedAt, parser, token);
            case "hashes" -> hashes = hashes(name, parser, token);
            default -> throw new MalformedLogException("the line has a member \"" + name + "\", which no event has");
        }
    }

    private static void requireFirst(String name, boolean first) {
        if (!first) {
            throw new MalformedLogException("the line has two members \"" + name + "\"");
        }
    }

    private static long number(String name, boolean first, JsonParser parser, JsonToken token) {
        requireFirst(name, first);
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 0) {
            throw new MalformedLogException("\"" + name + "\" is no number from 0 on");
        }
        return parser.getLongValue();
    }

    private static String text(String name, @Nullable String before, JsonParser parser, JsonToken token) {
        requireFirst(name, before == null);
        if (token != JsonToken.VALUE_STRING) {
            throw new MalformedLogException("\"" + name + "\" is no string");
        }
        return parser.getString();
    }

    private byte[] json(String name, byte @Nullable [] before, JsonParser parser) {
        requireFirst(name, before == null);
        return canonical.of(parser);
    }

    private byte[] hashes(String name, JsonParser parser, JsonToken token) {
        requireFirst(name, hashes == null);
        var bytes = Base64.getDecoder().decode(text(name, null, parser, token));
        if (bytes.length == 0) {
            throw new MalformedLogException("\"" + name + "\" is empty");
        }
        return bytes;
    }

    private LogEvent event() {
        if (position < 1
                || stream == null
                || sequence < 0
                || eventId == null
                || type == null
                || revision < 0
                || revision > Integer.MAX_VALUE
                || payload == null
                || metadata == null
                || recordedAt == null) {
            throw new MalformedLogException("the line lacks a member that every event has");
        }
        if (!EVENT_ID.matcher(eventId).matches()) {
            throw new MalformedLogException("\"event_id\" is no UUID as the format writes it: " + eventId);
        }
        return new LogEvent(
                position,
                stream,
                sequence,
                UUID.fromString(eventId),
                type,
                (int) revision,
                payload,
                metadata,
                Micros.parse(recordedAt));
    }
}
