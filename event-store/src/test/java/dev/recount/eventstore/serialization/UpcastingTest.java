package dev.recount.eventstore.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.EventType;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What upcasters make of each revision that is no longer written: a frozen file beside that of the revision, never edited
 * either unless a newer revision comes.
 */
class UpcastingTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final RecountSerializer serializer = new RecountSerializer(List.of());

    record Old(EventType type, int revision) {

        JsonNode stored() {
            return frozen(type.storedName() + "." + revision + ".json");
        }

        JsonNode upcast() {
            return frozen(type.storedName() + "." + revision + ".upcast.json");
        }
    }

    static Stream<Old> oldRevisions() {
        return Arrays.stream(EventType.values())
                .flatMap(type -> IntStream.range(1, type.revision()).mapToObj(revision -> new Old(type, revision)));
    }

    @Test
    void there_are_old_revisions() {
        assertThat(oldRevisions()).contains(new Old(EventType.ISSUE_CREATED, 1));
    }

    @ParameterizedTest
    @MethodSource("oldRevisions")
    void an_old_revision_is_read_as_its_frozen_file_says(Old old) {
        assertThat(asToday(read(old, upcasters()).getPayload())).isEqualTo(old.upcast());
    }

    @ParameterizedTest
    @MethodSource("oldRevisions")
    void what_is_read_as_it_lies_is_the_same(Old old) {
        if (old.type().readsAsItLies(old.revision())) {
            assertThat(asToday(JSON.treeToValue(old.stored(), old.type().eventClass())))
                    .isEqualTo(old.upcast());
        }
    }

    @Test
    void todays_revision_is_left_alone() {
        Old today = new Old(EventType.ISSUE_CREATED, EventType.ISSUE_CREATED.revision());
        assertThat(asToday(read(today, upcasters()).getPayload())).isEqualTo(today.stored());
    }

    private JsonNode asToday(Object event) {
        return JSON.readTree(serializer.serialize(event, String.class).getData());
    }

    private TrackedEventMessage<?> read(Old old, EventUpcasterChain upcasters) {
        StoredEvent event = new StoredEvent(
                "issue-7",
                0,
                new UUID(1, 7),
                old.type().storedName(),
                old.revision(),
                old.stored().toString(),
                "{}",
                Instant.parse("2026-01-09T12:08:01Z"));
        return new EventLog(null, null, serializer, upcasters)
                .messages(Stream.of(new EventRow(1, event)))
                .findFirst()
                .orElseThrow();
    }

    /** As they are wired. */
    private static EventUpcasterChain upcasters() {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource())) {
            return node.context().getBean(EventUpcasterChain.class);
        }
    }

    private static JsonNode frozen(String name) {
        try (InputStream file = UpcastingTest.class.getClassLoader().getResourceAsStream("frozen/" + name)) {
            assertThat(file).as(name).isNotNull();
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
