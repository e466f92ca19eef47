package dev.recount.standalone.audit;

import dev.recount.events.EventType;
import dev.recount.eventstore.append.RestoredEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Events of every type with any values their fields can hold. The same seed gives the same events. */
final class RandomEvents {

    private static final Instant FIRST = Instant.parse("1899-12-31T23:59:59.999999Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Random random;
    private final Map<String, Long> sequences = new HashMap<>();

    RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    /** As the command side publishes them. */
    DomainEventMessage<?> message() {
        var types = EventType.values();
        var type = types[random.nextInt(types.length)];
        var stream = stream();
        return new GenericDomainEventMessage<>(
                "kind",
                stream,
                next(stream),
                value(type.eventClass()),
                MetaData.from(metadata()),
                uuid().toString(),
                time());
    }

    /** As an older or different Recount may have recorded them. */
    RestoredEvent row() {
        var stream = stream();
        return new RestoredEvent(
                stream,
                next(stream),
                uuid(),
                "Strange" + random.nextInt(3),
                random.nextInt(5),
                json(3),
                json(1).startsWith("{") ? json(0) : "{}",
                time());
    }

    private String stream() {
        return switch (random.nextInt(3)) {
            case 0 -> "issue-" + random.nextInt(5);
            case 1 -> "label-" + text();
            default -> "user-" + random.nextLong();
        };
    }

    private long next(String stream) {
        return sequences.merge(stream, 1L, Long::sum) - 1;
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private Instant time() {
        var span = ChronoUnit.MICROS.between(FIRST, LAST);
        return switch (random.nextInt(4)) {
            case 0 -> FIRST;
            case 1 -> LAST;
            case 2 -> Instant.ofEpochSecond(random.nextInt());
            default -> FIRST.plus(Math.floorMod(random.nextLong(), span), ChronoUnit.MICROS);
        };
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (var i = random.nextInt(4); i > 0; i--) {
            metadata.put(text(), text());
        }
        return metadata;
    }

    private Object value(Class<?> type) {
        if (type == long.class || type == Long.class) {
            return number();
        }
        if (type == int.class || type == Integer.class) {
            return (int) number();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == String.class) {
            return text();
        }
        if (type == UUID.class) {
            return uuid();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type.isRecord()) {
            return record(type);
        }
        throw new IllegalArgumentException("what is a random " + type + "?");
    }

    private Object value(Class<?> type, Type generic) {
        if (type == List.class) {
            var element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            return IntStream.range(0, random.nextInt(3))
                    .mapToObj(_ -> value(element))
                    .toList();
        }
        return type == Long.class && random.nextBoolean() ? null : value(type);
    }

    private Object record(Class<?> type) {
        var components = type.getRecordComponents();
        try {
            var constructor = type.getDeclaredConstructor(IntStream.range(0, components.length)
                    .mapToObj(i -> components[i].getType())
                    .toArray(Class<?>[]::new));
            var values = new Object[components.length];
            for (var i = 0; i < values.length; i++) {
                RecordComponent component = components[i];
                values[i] = value(component.getType(), component.getGenericType());
            }
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(10);
            case 1 -> Long.MAX_VALUE - random.nextInt(2);
            case 2 -> Long.MIN_VALUE + random.nextInt(2);
            default -> random.nextLong();
        };
    }

    /** Of all characters except U+0000 and half surrogate pairs, which no request can contain. */
    private String text() {
        var text = new StringBuilder();
        for (var length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(
                    switch (random.nextInt(5)) {
                        case 0 -> 1 + random.nextInt(0x1f);
                        case 1 -> "\"\\/<>&'\u007f\u0080\u2028\ufeff\uffff".codePointAt(random.nextInt(11));
                        case 2 -> 0x10000 + random.nextInt(0x100000);
                        case 3 -> 0xe000 + random.nextInt(0x1ffe);
                        default -> 0x20 + random.nextInt(0x5f);
                    });
        }
        return text.toString();
    }

    private String json(int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(5)) {
            case 0 -> quoted(text());
            case 1 ->
                List.of(
                                "null",
                                "true",
                                "-0",
                                "0.10",
                                "1E2",
                                "1e-7",
                                "123456789012345678901234567890",
                                "1.5e20",
                                "-2.50",
                                "4.9e-324")
                        .get(random.nextInt(10));
            case 2 -> "{}";
            case 3 -> "[" + json(depth - 1) + " , " + json(depth - 1) + "]";
            default ->
                "{" + quoted("a" + text()) + ":" + json(depth - 1) + ",\n" + quoted("B" + text()) + " : "
                        + json(depth - 1) + "}";
        };
    }

    /** Uses escapes wherever possible. */
    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
        return json.append('"').toString();
    }
}
