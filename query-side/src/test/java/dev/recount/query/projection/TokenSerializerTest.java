package dev.recount.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenSerializerTest {

    private final TokenSerializer serializer = new TokenSerializer();

    static Stream<TrackingToken> tokens() {
        var twelve = new GlobalSequenceTrackingToken(12);
        var fifty = new GlobalSequenceTrackingToken(50);
        return Stream.of(
                new GlobalSequenceTrackingToken(0),
                fifty,
                ReplayToken.createReplayToken(fifty),
                ReplayToken.createReplayToken(fifty, twelve),
                new ConfigToken(Map.of("id", "store-1")));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void a_token_reads_back_as_it_was_written(TrackingToken token) {
        var stored = serializer.serialize(token, String.class);
        var storedText = new SimpleSerializedObject<>(
                stored.getData(), String.class, stored.getType().getName(), null);
        assertThat(serializer.<String, TrackingToken>deserialize(storedText)).isEqualTo(token);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void no_class_name_is_stored(TrackingToken token) {
        var stored = serializer.serialize(token, String.class);
        assertThat(stored.getType().getName() + stored.getData()).doesNotContain("axon");
    }

    @Test
    void a_position_is_readable_by_eye() {
        var stored = serializer.serialize(new GlobalSequenceTrackingToken(42), String.class);
        assertThat(stored.getType().getName()).isEqualTo("position");
        assertThat(stored.getData()).isEqualTo("42");
    }

    @Test
    void another_kind_of_token_is_refused() {
        var gaps = new GapAwareTrackingToken(3, List.of());
        assertThatThrownBy(() -> serializer.serialize(gaps, String.class)).isInstanceOf(SerializationException.class);
        var unknown = new SimpleSerializedObject<>("3", String.class, new SimpleSerializedType("gaps", null));
        assertThatThrownBy(() -> serializer.deserialize(unknown)).isInstanceOf(SerializationException.class);
    }
}
