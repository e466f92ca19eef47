package dev.recount.benchmarks;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.benchmarks.history.History;
import dev.recount.benchmarks.history.LogFill;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.QuerySideApplication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks that projections accept a generated history like a real one. */
class HistoryOnTheQuerySideTest {

    private static final History HISTORY = History.ofLives(11, 5_000);

    /** The command side brings it to this class path, and the query side alone does without it. */
    private static final String AXON_STARTER = Stream.of(
                    "Axon",
                    "AxonTimeout",
                    "AxonTracing",
                    "EventProcessing",
                    "Interceptor",
                    "Jdbc",
                    "Metrics",
                    "NoOpTransaction",
                    "Transaction",
                    "UpdateChecker",
                    "XStream")
            .map(name -> "org.axonframework.springboot.autoconfig." + name + "AutoConfiguration")
            .collect(joining(",", "org.axonframework.springboot.autoconfig.InfraConfiguration,", ""));

    private TestDatabase database;
    private ConfigurableApplicationContext querySide;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        querySide = SpringApplication.run(
                QuerySideApplication.class,
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.autoconfigure.exclude=" + AXON_STARTER,
                "--spring.main.banner-mode=off");
    }

    @AfterEach
    void stop() {
        querySide.close();
        database.close();
    }

    @Test
    void every_projection_accepts_it_and_the_log_holds_it_in_its_order() throws InterruptedException {
        new LogFill(querySide.getBean(EventStore.class), querySide.getBean(RecountSerializer.class)).append(HISTORY);
        new RunningRecount(querySide).awaitCaughtUp();

        var events = new ArrayList<DomainEventMessage<?>>();
        HISTORY.changes().forEachRemaining(events::addAll);
        assertThat(querySide.getBean(EventLog.class).head()).isEqualTo(events.size());
        assertThat(strings("SELECT event_id::text FROM event_log ORDER BY position"))
                .isEqualTo(
                        events.stream().map(DomainEventMessage::getIdentifier).toList());
        assertThat(strings("SELECT extract(epoch FROM recorded_at)::text FROM event_log ORDER BY position"))
                .isEqualTo(events.stream()
                        .map(event -> "%d.%06d"
                                .formatted(
                                        event.getTimestamp().getEpochSecond(),
                                        event.getTimestamp().getNano() / 1_000))
                        .toList());
        assertThat(strings("SELECT count(*)::text FROM issue_row"))
                .containsExactly(Long.toString(events.stream()
                        .filter(event -> event.getPayload() instanceof IssueCreated)
                        .count()));
        assertThat(strings("SELECT DISTINCT status FROM issue_row"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(IssueStatus.values())
                        .map(IssueStatus::wireName)
                        .toList());
    }

    private List<String> strings(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(String.class)
                .list();
    }
}
