package dev.recount.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssuePriority;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.Thoroughness;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Responses about issues, lists and reports are recorded while a history grows. Later reads as of those moments return
 * the same.
 *
 * <p>Reports are found by {@code GET /reports}, so that further ones are covered without being named here.
 */
class AsOfAnswersTest {

    private static final int MOMENTS = Thoroughness.rounds(12, 500);

    private final Random random = new Random(2027);
    private final List<Instant> recorded = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private TestDatabase database;
    private QueryServer server;

    private static Instant now = Instant.parse("2026-01-09T12:00:00Z");

    /** No configuration, or it would be found by every server of the tests. */
    static final class TrackersClock {
        @Bean
        @Primary
        InstantSource trackersClock() {
            return () -> now;
        }
    }

    /** A request that was recorded at a moment, in one of the media types. */
    private record Question(String address, String accept) {

        String asOf(String moment) {
            return address + (address.contains("?") ? "&" : "?") + "as_of=" + moment;
        }
    }

    private record Answer(int status, String body) {}

    private record Recording(long position, Instant at, Map<Question, Answer> answers) {}

    private record Report(String path, String example, List<String> parameters, List<String> mediaTypes) {}

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, List.of(TrackersClock.class));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void append(List<DomainEventMessage<?>> events) {
        server.append(events);
        events.forEach(event -> recorded.add(event.getTimestamp()));
    }

    private void happen() {
        for (var user = 1L; user <= 6; user++) {
            append(Events.user(now, user, "user" + user));
        }
        var reports = reports();
        var tracker = new RandomTracker(random.nextLong(), this::append);
        tracker.act(60);
        while (recordings.size() < MOMENTS) {
            tracker.act(1 + random.nextInt(4));
            now = recorded.stream().max(Instant::compareTo).orElseThrow();
            var answers = new LinkedHashMap<Question, Answer>();
            questions(tracker.issues().stream().map(RandomTracker.Issue::id).toList(), reports)
                    .forEach(question -> answers.put(question, answer(question.address(), question.accept())));
            recordings.add(new Recording(recorded.size(), now, answers));
        }
        tracker.act(20);
        now = recorded.stream().max(Instant::compareTo).orElseThrow();
    }

    private List<Report> reports() {
        var reports = new ArrayList<Report>();
        for (var report : server.get("/reports").json()) {
            reports.add(new Report(
                    report.get("path").asString(),
                    report.get("example").asString(),
                    report.get("parameters")
                            .valueStream()
                            .map(parameter -> parameter.get("name").asString())
                            .toList(),
                    report.get("media_types")
                            .valueStream()
                            .map(type -> type.asString())
                            .toList()));
        }
        assertThat(reports).hasSizeGreaterThanOrEqualTo(11);
        return reports;
    }

    private List<Question> questions(List<Long> issues, List<Report> reports) {
        var status = List.of("open", "in_progress", "resolved", "closed").get(random.nextInt(4));
        var assignee = 1 + random.nextInt(6);
        var priority = IssuePriority.values()[random.nextInt(5)].wireName();
        var questions = new ArrayList<Question>();
        for (var address : List.of(
                "/issues",
                "/issues?page=2&page_size=3",
                "/issues?page_size=4&status=" + status,
                "/issues?assignee=" + assignee,
                "/issues?status=%s&assignee=%d&page_size=50".formatted(status, assignee),
                "/issues?page_size=4&priority=" + priority,
                "/issues?status=%s&priority=%s&page_size=50".formatted(status, priority),
                "/issues/" + issues.get(random.nextInt(issues.size())),
                "/issues/" + issues.getLast())) {
            questions.add(new Question(address, "application/json"));
        }
        for (var report : reports) {
            var filtered = report.parameters().contains("assignee") && random.nextBoolean();
            var prioritized = report.parameters().contains("priority") && random.nextBoolean();
            var filter = prioritized ? "?priority=urgent" : "?assignee=" + assignee;
            var address = filtered ? report.path() + filter : report.example();
            var accept =
                    report.mediaTypes().get(random.nextInt(report.mediaTypes().size()));
            questions.add(new Question(address, accept));
        }
        return questions;
    }

    private Answer answer(String address, String accept) {
        var answer = server.getText(address, "Accept", accept);
        // The links to other pages keep the moment.
        return new Answer(answer.statusCode(), answer.body().replaceAll("as_of=[^&\"]*&", ""));
    }

    /** The responses to one recording's requests that differ from another's, as of that other moment. */
    private List<String> differences(Recording questions, Recording moment, boolean byTime) {
        var differences = new ArrayList<String>();
        var asOf = byTime ? moment.at().toString() : Long.toString(moment.position());
        questions.answers().forEach((question, expected) -> {
            var answer = answer(question.asOf(asOf), question.accept());
            if (!answer.equals(expected)) {
                differences.add("%s: %s and not %s".formatted(question.asOf(asOf), answer, expected));
            }
        });
        return differences;
    }

    /** Where clocks differ a time may mean a later position than that at which it was reached. */
    private boolean isNamedByItsTime(Recording recording) {
        var next = recorded.get((int) recording.position());
        return next.isAfter(recording.at());
    }

    @Test
    void answers_as_of_a_moment_are_those_that_were_given_then() {
        happen();
        var byTime = 0;
        for (var recording : recordings) {
            assertThat(recording.answers().values()).allMatch(answer -> answer.status() == 200);
            var useTime = isNamedByItsTime(recording) && random.nextInt(3) > 0;
            byTime += useTime ? 1 : 0;
            assertThat(differences(recording, recording, useTime)).isEmpty();
        }
        assertThat(byTime).isBetween(MOMENTS / 4, MOMENTS - 1);
        assertThatItCouldHaveFailed();
    }

    private void assertThatItCouldHaveFailed() {
        var lists = new HashSet<Answer>();
        recordings.forEach(recording -> lists.add(
                Objects.requireNonNull(recording.answers().get(new Question("/issues", "application/json")))));
        assertThat(lists).as("different lists").hasSizeGreaterThan(MOMENTS / 2);
        // Each report is requested as of other moments than it was recorded at, until its response changes.
        var unmoved = new HashSet<>(recordings.getFirst().answers().keySet().stream()
                .map(question -> question.address().replaceAll("\\?.*", ""))
                .filter(path -> path.startsWith("/reports/"))
                .toList());
        assertThat(unmoved).hasSizeGreaterThanOrEqualTo(11);
        for (var i = 0; i < recordings.size() && !unmoved.isEmpty(); i++) {
            differences(recordings.get(i), recordings.get(recordings.size() - 1 - i), false)
                    .forEach(difference -> unmoved.removeIf(difference::startsWith));
        }
        assertThat(unmoved).as("reports that always tell the same").isEmpty();
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("UPDATE issue_state SET title = title || '!' WHERE sequence > 0")
                        .update())
                .isPositive();
        assertThat(IntStream.range(0, recordings.size())
                        .filter(i -> i % Math.max(1, MOMENTS / 12) == 0)
                        .mapToObj(recordings::get)
                        .filter(recording ->
                                !differences(recording, recording, false).isEmpty()))
                .as("after the history was falsified")
                .isNotEmpty();
    }
}
