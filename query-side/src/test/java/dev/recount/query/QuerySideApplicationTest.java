package dev.recount.query;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.daemon.Projections;
import dev.recount.query.responses.ReadsProjection;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class QuerySideApplicationTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    /** The names are stored, so none that is here may go; a further projection need not be added. */
    @Test
    void it_runs_its_projections_and_is_ready() {
        assertThat(server.context().getBean(Projections.class).all())
                .extracting(live -> live.projection().name())
                .contains(
                        "ageing",
                        "assignee-count",
                        "created-resolved",
                        "cumulative-flow",
                        "cycle-time",
                        "issue-list",
                        "reopen-rate",
                        "resolution",
                        "resolution-time",
                        "throughput",
                        "time-in-status",
                        "timeline",
                        "user-list",
                        "workload");
        Awaitility.await().until(() -> server.get("/actuator/health/readiness").status() == 200);
    }

    @Test
    void it_is_not_ready_while_a_projection_fails() {
        Awaitility.await().until(() -> server.get("/actuator/health/readiness").status() == 200);
        JdbcClient.create(database.dataSource())
                .sql("ALTER TABLE timeline_issue RENAME TO elsewhere")
                .update();
        server.append(Events.issue(NOON, 1, OPEN, null));
        Awaitility.await().until(() -> server.get("/actuator/health/readiness").status() == 503);
    }

    @Test
    void one_that_starts_behind_the_log_becomes_ready_when_it_has_caught_up() {
        for (var id = 1L; id <= 50; id++) {
            server.append(Events.issue(NOON, id, OPEN, null));
        }
        server.close();
        server = QueryServer.on(database);
        Awaitility.await().until(() -> server.get("/actuator/health/readiness").status() == 200);
        assertThat(server.get("/issues", "Prefer", "stale-ok")
                        .json()
                        .get("count")
                        .asLong())
                .isEqualTo(50);
    }

    @Test
    void every_reading_endpoint_says_which_projections_it_reads() {
        var unmarked = server
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(entry ->
                        entry.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .map(Map.Entry::getValue)
                .filter(method -> method.getBeanType().getPackageName().startsWith("dev.recount.query"))
                .collect(Collectors.partitioningBy(method -> method.hasMethodAnnotation(ReadsProjection.class)));
        assertThat(unmarked.get(true)).hasSizeGreaterThanOrEqualTo(7);
        assertThat(unmarked.get(false)).isEmpty();
    }
}
