package dev.recount.command.imports;

import static dev.recount.eventstore.testing.Thoroughness.rounds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.Clients;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;

/** Imports and requests on two servers that use the same new labels concurrently. */
class LabelRacesTest {

    private static final int ROWS = 30;
    private static final int NAMES = 10;

    @Test
    void whoever_names_a_new_label_first_everybody_gets_the_same_one() {
        try (TestDatabase database = TestDatabase.fresh();
                ImportServer one = ImportServer.on(database.dataSource(), Map.of());
                ImportServer two = ImportServer.on(database.dataSource(), Map.of())) {
            for (int round = 0; round < rounds(10, 200); round++) {
                long issue = one.postJson("/issues", "{\"title\": \"By hand\"}")
                        .body()
                        .path("id")
                        .asLong();
                int number = round;
                long head = one.log().head();
                List<Integer> statuses = Clients.atOnce(3, client -> switch (client) {
                    case 0 -> one.send(csv(number)).status();
                    case 1 -> two.send(csv(number)).status();
                    default ->
                        two.put("/issues/" + issue + "/labels", json(number)).status();
                });
                assertThat(statuses).containsOnly(200);
                assertSameLabelsForAll(one.eventsAfter(head));
            }
        }
    }

    private static void assertSameLabelsForAll(List<EventMessage<?>> events) {
        Map<String, Long> ids = new HashMap<>();
        int issues = 0;
        for (EventMessage<?> message : events) {
            switch (message.getPayload()) {
                case LabelCreated created ->
                    assertThat(ids.put(created.name(), created.labelId())).isNull();
                case IssueCreated created -> {
                    issues++;
                    assertKnown(created.labels(), ids);
                }
                case IssueLabelsReplaced replaced -> assertKnown(replaced.labels(), ids);
                default -> throw new AssertionError(message.getPayload());
            }
        }
        assertThat(issues).isEqualTo(2 * ROWS);
        assertThat(ids).hasSize(NAMES);
        assertThat(ids.values()).doesNotHaveDuplicates();
    }

    private static void assertKnown(List<Label> labels, Map<String, Long> ids) {
        assertThat(labels)
                .isNotEmpty()
                .allSatisfy(label -> assertThat(ids.get(label.name())).isEqualTo(label.id()));
    }

    private static String csv(int round) {
        return "title,description,status,assignee,labels\n"
                + IntStream.range(0, ROWS)
                        .mapToObj(row -> "Row " + row + ",,,," + name(round, row) + ";" + name(round, row + 1) + "\n")
                        .collect(Collectors.joining());
    }

    private static String json(int round) {
        return IntStream.range(0, NAMES / 2)
                .mapToObj(place -> "{\"name\": \"" + name(round, place) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String name(int round, int number) {
        return round + "/" + number % NAMES;
    }
}
