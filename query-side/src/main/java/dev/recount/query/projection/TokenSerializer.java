package dev.recount.query.projection;

import java.util.Map;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tokens of the processors as short text under names of our own, readable by eye and by every later version.
 *
 * <p>It knows the three tokens that can occur and refuses all others. Axon's general serializers store class names, and
 * the one for Jackson 3 cannot read its own tokens back.
 */
final class TokenSerializer implements Serializer {

    private static final String POSITION = "position";
    private static final String REPLAY = "replay";
    private static final String CONFIG = "config";
    private static final String CONFIG_KEY = "id";
    private static final String NOTHING_YET = "-";

    private final Converter converter = new ChainingConverter();

    private record Stored(String type, String text) {}

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object token, Class<T> representation) {
        var stored = storedForm(token);
        return new SimpleSerializedObject<>(
                converter.convert(stored.text, representation),
                representation,
                new SimpleSerializedType(stored.type, null));
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return converter.canConvert(String.class, representation);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <S, T> T deserialize(SerializedObject<S> stored) {
        var text = converter.convert(stored.getData(), String.class);
        return (T) tokenOf(stored.getType().getName(), text);
    }

    private static Stored storedForm(@Nullable Object token) {
        return switch (token) {
            case GlobalSequenceTrackingToken position -> new Stored(POSITION, positionText(position));
            case ReplayToken replay ->
                new Stored(
                        REPLAY, positionText(replay.getTokenAtReset()) + " " + positionText(replay.getCurrentToken()));
            case ConfigToken config -> new Stored(CONFIG, config.get(CONFIG_KEY));
            case null, default -> throw new SerializationException("not a token of ours: " + token);
        };
    }

    private static String positionText(@Nullable TrackingToken token) {
        return token == null ? NOTHING_YET : Long.toString(token.position().orElseThrow());
    }

    private static TrackingToken tokenOf(String type, String text) {
        return switch (type) {
            case POSITION -> new GlobalSequenceTrackingToken(Long.parseLong(text));
            case REPLAY -> replayOf(text.substring(0, text.indexOf(' ')), text.substring(text.indexOf(' ') + 1));
            case CONFIG -> new ConfigToken(Map.of(CONFIG_KEY, text));
            default -> throw new SerializationException("not a token of ours: " + type);
        };
    }

    private static TrackingToken replayOf(String atReset, String current) {
        var reset = tokenOf(POSITION, atReset);
        return NOTHING_YET.equals(current)
                ? ReplayToken.createReplayToken(reset)
                : ReplayToken.createReplayToken(reset, tokenOf(POSITION, current));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        throw new UnsupportedOperationException("tokens are read as values, not by class");
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(@Nullable Class type) {
        throw new UnsupportedOperationException("tokens are written as values, not by class");
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
