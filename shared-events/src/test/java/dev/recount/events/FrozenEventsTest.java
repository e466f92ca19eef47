package dev.recount.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each stored name and revision has a JSON file that is never edited and that must be readable for ever. */
class FrozenEventsTest {

    private static final JsonMapper JSON = new JsonMapper();

    record Stored(String name, int revision, EventType type) {

        String file() {
            return "frozen/" + name + "." + revision + ".json";
        }
    }

    static List<Stored> everyRevision() {
        return Arrays.stream(EventType.values())
                .flatMap(type -> IntStream.rangeClosed(1, type.revision())
                        .mapToObj(revision -> new Stored(type.storedName(), revision, type)))
                .toList();
    }

    static Stream<Stored> todaysRevisions() {
        return everyRevision().stream()
                .filter(stored -> stored.revision() == stored.type().revision());
    }

    @ParameterizedTest
    @MethodSource("everyRevision")
    void every_stored_name_and_revision_has_its_frozen_file(Stored stored) {
        assertThat(frozen(stored)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("todaysRevisions")
    void a_frozen_event_reads_and_writes_back_to_the_letter(Stored stored) {
        JsonNode frozen = frozen(stored);
        RecountEvent event = JSON.treeToValue(frozen, stored.type().eventClass());
        assertThat(JSON.valueToTree(event).toString()).isEqualTo(frozen.toString());
    }

    @Test
    void a_name_without_its_frozen_file_is_found_out() {
        assertThatThrownBy(() -> frozen(new Stored("IssueVanished", 1, EventType.ISSUE_TOUCHED)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("frozen/IssueVanished.1.json");
    }

    @Test
    void every_event_class_has_a_stored_name() {
        List<Class<?>> events = Stream.of(RecountEvent.class.getPermittedSubclasses())
                .<Class<?>>flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                .toList();
        assertThat(Arrays.stream(EventType.values())
                        .<Class<?>>map(EventType::eventClass)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(events);
    }

    private static JsonNode frozen(Stored stored) {
        try (InputStream file = FrozenEventsTest.class.getClassLoader().getResourceAsStream(stored.file())) {
            assertThat(file).as(stored.file()).isNotNull();
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new AssertionError(stored.file(), e);
        }
    }
}
