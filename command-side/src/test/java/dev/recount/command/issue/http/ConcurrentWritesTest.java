package dev.recount.command.issue.http;

import static dev.recount.eventstore.testing.Thoroughness.rounds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.Clients;
import dev.recount.command.testing.CommandServer;
import dev.recount.command.testing.CommandServer.Answer;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.Label;
import dev.recount.events.StreamName;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that write concurrently, to one server or to two on one database. */
class ConcurrentWritesTest {

    private static TestDatabase database;
    private static List<CommandServer> servers;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        servers = List.of(CommandServer.on(database), CommandServer.on(database));
    }

    @AfterAll
    static void stop() {
        servers.forEach(CommandServer::close);
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void two_clients_who_replace_labels_never_make_a_mixture(int nodes) {
        long issue = newIssue();
        for (int round = 0; round < rounds(25, 500); round++) {
            // Some labels are new in each round, others in one of the requests, in both, or in the previous round.
            String fresh = nodes + "/" + round;
            List<List<String>> requests = List.of(
                    List.of("a", "shared " + fresh, "first " + fresh, "b"),
                    List.of("c", "second " + fresh, "a", "shared " + fresh));
            List<List<Label>> answers = Clients.atOnce(
                    2, client -> labels(replace(servers.get(client % nodes), issue, requests.get(client))));
            for (int client = 0; client < 2; client++) {
                assertThat(answers.get(client)).extracting(Label::name).isEqualTo(requests.get(client));
            }
            List<IssueLabelsReplaced> events = eventsOf(issue, IssueLabelsReplaced.class);
            List<IssueLabelsReplaced> ofThisRound = events.subList(events.size() - 2, events.size());
            assertThat(ofThisRound)
                    .extracting(IssueLabelsReplaced::labels)
                    .containsExactlyInAnyOrderElementsOf(answers);
            assertThat(ofThisRound.get(1).removed())
                    .as("the second replaces what the first has left")
                    .containsExactlyInAnyOrderElementsOf(without(
                            ofThisRound.get(0).labels(), ofThisRound.get(1).labels()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void issues_that_create_one_label_at_once_get_one_label(int nodes) {
        long[] issues =
                LongStream.generate(ConcurrentWritesTest::newIssue).limit(4).toArray();
        for (int round = 0; round < rounds(10, 200); round++) {
            String name = "new " + nodes + "/" + round;
            List<List<Label>> answers = Clients.atOnce(
                    issues.length,
                    client -> labels(
                            replace(servers.get(client % nodes), issues[client], List.of("own " + client, name))));
            assertThat(answers).extracting(labels -> labels.get(1).name()).containsOnly(name);
            assertThat(answers.stream().map(labels -> labels.get(1).id()).distinct())
                    .hasSize(1);
            assertThat(servers.getFirst().log().readStream(StreamName.label(name), 0))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bulk_changes_in_opposite_orders_all_happen(int nodes) {
        int clients = 8;
        int rounds = rounds(4, 10);
        List<Long> issues = LongStream.generate(ConcurrentWritesTest::newIssue)
                .limit(rounds(100, 1_000))
                .boxed()
                .toList();
        List<Integer> statuses = Clients.atOnce(clients, client -> {
            List<Long> order = client % 4 < 2 ? issues : issues.reversed();
            String status = client < 4 ? "closed" : "open";
            String body = order.stream()
                    .map(id -> "{\"id\": " + id + ", \"status\": \"" + status + "\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            for (int round = 0; round < rounds; round++) {
                Answer answer = servers.get(client % nodes).send("PUT", "/issues/bulk-status", body);
                if (answer.status() != 200) {
                    return answer.status();
                }
            }
            return 200;
        });
        assertThat(statuses).containsOnly(200);
        List<Long> expected =
                LongStream.rangeClosed(2, 1 + clients * rounds).boxed().toList();
        for (long issue : issues) {
            assertThat(versionsOf(issue)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void comments_never_conflict_with_edits_nor_edits_with_comments(int nodes) {
        long issue = newIssue();
        int each = rounds(20, 200);
        List<List<Integer>> statuses = Clients.atOnce(5, client -> {
            CommandServer server = servers.get(client % nodes);
            List<Integer> own = new ArrayList<>();
            for (int round = 1; round <= each; round++) {
                own.add(
                        client == 0
                                ? server.send("PATCH", "/issues/" + issue, "{\"version\": " + round + "}")
                                        .status()
                                : server.send(
                                                "POST",
                                                "/issues/" + issue + "/comments",
                                                "{\"body\": \"" + client + "/" + round + "\", \"author\": 1}")
                                        .status());
            }
            return own;
        });
        assertThat(statuses.getFirst()).hasSize(each).containsOnly(200);
        assertThat(statuses.subList(1, 5)).allSatisfy(own -> assertThat(own).containsOnly(201));
        assertThat(versionsOf(issue))
                .isEqualTo(LongStream.rangeClosed(2, each + 1).boxed().toList());
        assertThat(eventsOf(issue, IssueCommented.class))
                .hasSize(4 * each)
                .extracting(IssueCommented::commentId)
                .doesNotHaveDuplicates();
        // Each client sends its comments one after the other, so they must appear in that order.
        for (int client = 1; client < 5; client++) {
            String prefix = client + "/";
            assertThat(eventsOf(issue, IssueCommented.class).stream()
                            .map(IssueCommented::body)
                            .filter(body -> body.startsWith(prefix)))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, each)
                            .mapToObj(round -> prefix + round)
                            .toList());
        }
    }

    @Test
    void a_server_answers_from_what_the_other_has_written() {
        CommandServer one = servers.get(0);
        CommandServer two = servers.get(1);
        long issue = newIssue();
        List<Label> labels = labels(replace(one, issue, List.of("x", "y")));
        assertThat(labels(replace(two, issue, List.of("y", "x")))).isEqualTo(labels.reversed());
        assertThat(labels(replace(two, issue, List.of()))).isEmpty();
        assertThat(labels(replace(one, issue, List.of("x", "y")))).isEqualTo(labels);
        assertThat(eventsOf(issue, IssueLabelsReplaced.class)).hasSize(3);
        String path = "/issues/bulk-status";
        String first = "[{\"id\": " + issue + ", \"status\": \"closed\", \"version\": 1}]";
        String second = "[{\"id\": " + issue + ", \"status\": \"open\", \"version\": 2}]";
        assertThat(two.send("PUT", path, first).status()).isEqualTo(200);
        assertThat(one.send("PUT", path, first).status()).isEqualTo(409);
        assertThat(one.send("PUT", path, second).status()).isEqualTo(200);
        assertThat(two.send("PUT", path, second).status()).isEqualTo(409);
    }

    private static long newIssue() {
        return servers.getFirst()
                .send("POST", "/issues", "{\"title\": \"Crash\"}")
                .json()
                .path("id")
                .asLong();
    }

    private static Answer replace(CommandServer server, long issue, List<String> names) {
        String body =
                names.stream().map(name -> "{\"name\": \"" + name + "\"}").collect(Collectors.joining(", ", "[", "]"));
        Answer answer = server.send("PUT", "/issues/" + issue + "/labels", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<Label> labels(Answer answer) {
        return answer.json()
                .valueStream()
                .map(label ->
                        new Label(label.path("id").asLong(), label.path("name").asString()))
                .toList();
    }

    private static List<Label> without(List<Label> labels, List<Label> others) {
        return labels.stream().filter(label -> !others.contains(label)).toList();
    }

    private static <E> List<E> eventsOf(long issue, Class<E> type) {
        return servers.getFirst().log().readStream(StreamName.issue(issue), 0).stream()
                .map(message -> (Object) message.getPayload())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The versions that edits led to, in the order of the log. */
    private static List<Long> versionsOf(long issue) {
        return eventsOf(issue, Object.class).stream()
                .<Long>mapMulti((event, versions) -> {
                    switch (event) {
                        case IssueStatusChanged changed -> versions.accept(changed.version());
                        case IssueTouched touched -> versions.accept(touched.version());
                        default -> {}
                    }
                })
                .toList();
    }
}
