package dev.recount.eventstore.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.EventType;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.append.RestoredEvent;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecountSerializerTest {

    private final RecountSerializer serializer = new RecountSerializer(List.of());

    @ParameterizedTest
    @EnumSource
    void an_event_is_stored_under_its_stored_name(EventType type) {
        assertThat(serializer.typeForClass(type.eventClass()).getName()).isEqualTo(type.storedName());
        assertThat(serializer.typeForClass(type.eventClass()).getRevision())
                .isEqualTo(Integer.toString(type.revision()));
    }

    @Test
    void an_unknown_stored_name_is_an_error() {
        assertThatThrownBy(() ->
                        serializer.deserialize(new SimpleSerializedObject<>("{}", String.class, "IssueVanished", "1")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("IssueVanished");
    }

    @Test
    void a_class_name_in_place_of_a_stored_name_is_an_error() {
        assertThatThrownBy(() -> serializer.deserialize(
                        new SimpleSerializedObject<>("{}", String.class, IssueTouched.class.getName(), "1")))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void a_reader_stops_at_an_event_that_it_does_not_know() {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource())) {
            node.restore(
                    new RestoredEvent("issue-1", 0, UUID.randomUUID(), "IssueVanished", 1, "{}", "{}", Instant.EPOCH));
            assertThatThrownBy(() -> node.log().readAfter(0, 10))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("IssueVanished");
        }
    }
}
