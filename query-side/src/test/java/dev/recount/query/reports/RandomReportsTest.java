package dev.recount.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.RecountEvent;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.RandomTracker;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import dev.recount.query.rebuild.AllProjections;
import dev.recount.query.reports.NaiveHistory.State;
import dev.recount.query.reports.NaiveHistory.Step;
import dev.recount.web.QueryParameters;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every report over a random history equals that of a model that goes through all of it. */
class RandomReportsTest {

    /** Found as a node finds them, so that a further report is replayed, too, without being named here. */
    private static final List<Projection> PROJECTIONS = AllProjections.list().stream()
            .filter(IssueReportProjection.class::isInstance)
            .toList();

    private static final Map<String, Predicate<State>> SCOPES = new LinkedHashMap<>(Map.of(
            "", state -> true,
            "&assignee=2", state -> Objects.equals(state.assignee(), 2L),
            "&label=label-3", state -> state.labels().contains("label-3"),
            "&priority=high", state -> state.priority() == IssuePriority.HIGH));

    private TestDatabase database;
    private QueryNode node;
    private List<DomainEventMessage<?>> messages;
    private NaiveHistory history;
    private ReportQueries queries;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = QueryNode.on(
                database.dataSource(),
                PROJECTIONS.stream().map(Object::getClass).toArray(Class<?>[]::new));
        messages = new ArrayList<>();
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private void happen(long seed, int changes) {
        var tracker = new RandomTracker(seed, events -> {
            messages.addAll(events);
            node.log().store().publish(events);
        });
        tracker.act(changes);
        node.append("user-2", 0, new UserRegistered(2, "user2", "User 2"));
        node.append("label-label-3", 0, new LabelCreated(3, "label-3"));
        PROJECTIONS.forEach(projection -> node.barrier().await(projection.name()));
        history = new NaiveHistory(messages);
        queries = new ReportQueries(node.log().log(), InstantSource.fixed(now()));
    }

    private Instant now() {
        return messages.getLast().getTimestamp();
    }

    private static QueryParameters parameters(String query) {
        return QueryParameters.parse("/reports", query);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void it_says_what_a_naive_model_says(long seed) {
        happen(seed, 400);
        SCOPES.forEach((filter, scope) -> {
            for (var interval : List.of("day", "week", "month")) {
                var query = "from=2026-01-12&interval=" + interval + filter;
                assertSeries(query, filter, scope);
                assertDurations(query, scope);
            }
            assertTimeInStatus("from=2026-01-12" + filter, scope);
            assertAgeing(filter, scope);
        });
        assertWorkload();
        assertThroughputByAssignee();
    }

    private void assertSeries(String query, String filter, Predicate<State> scope) {
        var source = database.dataSource();
        var flow = new CumulativeFlowReport(queries, source)
                .read(parameters(query))
                .rows();
        for (var row : flow) {
            for (var status : IssueStatus.values()) {
                var expected = history.atEndOf(row.to(), state -> state.status() == status && scope.test(state));
                assertThat(List.of(row.open(), row.inProgress(), row.resolved(), row.closed())
                                .get(status.ordinal()))
                        .as("%s %s %s", query, row, status)
                        .isEqualTo(expected);
            }
        }
        for (var row : new CreatedResolvedReport(queries, source)
                .read(parameters(query))
                .rows()) {
            var span = new Span(row.from(), row.to());
            var resolved = history.count(span, scope, Step::resolves);
            var created = history.issues().stream()
                    .filter(states -> !states.getFirst().day().isBefore(span.from())
                            && !states.getFirst().day().isAfter(span.to()))
                    .filter(states -> scope.test(
                            filter.contains("label") || filter.contains("priority")
                                    ? states.getLast()
                                    : states.getFirst()))
                    .count();
            assertThat(row)
                    .as(query)
                    .isEqualTo(new CreatedResolvedReport.Row(
                            row.from(),
                            row.to(),
                            created,
                            resolved,
                            history.count(span, scope, Step::reopens),
                            created - resolved,
                            history.atEndOf(row.to(), state -> !state.status().isDone() && scope.test(state))));
        }
        for (var row :
                new ReopenRateReport(queries, source).read(parameters(query)).rows()) {
            var span = new Span(row.from(), row.to());
            assertThat(row.resolved()).isEqualTo(history.count(span, scope, Step::resolves));
            assertThat(row.reopened()).isEqualTo(history.count(span, scope, Step::reopens));
            if (row.resolved() > 0) {
                assertThat(row.rate().doubleValue()).isCloseTo(1.0 * row.reopened() / row.resolved(), offset(0.000051));
            }
        }
        for (var row :
                new ThroughputReport(queries, source).read(parameters(query)).rows()) {
            var throughput = (ThroughputReport.Row) row;
            var span = new Span(throughput.from(), throughput.to());
            assertThat(throughput.resolved()).isEqualTo(history.count(span, scope, Step::resolves));
        }
    }

    private void assertDurations(String query, Predicate<State> scope) {
        var source = database.dataSource();
        var resolution = new ResolutionTimeReport(queries, source).read(parameters(query));
        var cycle = new CycleTimeReport(queries, source).read(parameters(query));
        for (var row : resolution.rows()) {
            var times = steps(new Span(row.from(), row.to()), scope).filter(Step::resolves);
            assertFigures(figures(row), times.map(Step::resolutionMicros).toList());
        }
        for (var row : cycle.rows()) {
            var times = steps(new Span(row.from(), row.to()), scope).filter(Step::resolves);
            assertFigures(
                    figures(row),
                    times.map(Step::cycleMicros).filter(Objects::nonNull).toList());
        }
        var all = steps(new Span(cycle.from(), cycle.to()), scope)
                .filter(Step::resolves)
                .toList();
        var cycles =
                all.stream().map(Step::cycleMicros).filter(Objects::nonNull).toList();
        assertFigures(
                resolution.total(), all.stream().map(Step::resolutionMicros).toList());
        assertFigures(cycle.total(), cycles);
        for (var row : cycle.histogram()) {
            assertThat(row.count())
                    .isEqualTo(cycles.stream()
                            .filter(micros ->
                                    micros / 1_000_000 >= row.fromSeconds() && micros / 1_000_000 < row.toSeconds())
                            .count());
        }
        assertThat(cycle.histogram().stream()
                        .mapToLong(DurationHistogram.Row::count)
                        .sum())
                .isEqualTo(cycles.size());
    }

    private Stream<Step> steps(Span span, Predicate<State> scope) {
        return history.steps(span, scope).stream();
    }

    private static DurationFigures figures(DurationSeries.Row row) {
        return new DurationFigures(
                row.count(), row.averageSeconds(), row.p50Seconds(), row.p85Seconds(), row.p95Seconds());
    }

    private static void assertFigures(DurationFigures figures, List<Long> micros) {
        var sorted = micros.stream().sorted().toList();
        assertThat(figures.count()).isEqualTo(sorted.size());
        var average = figures.averageSeconds();
        assertThat(average == null ? null : average.toPlainString()).isEqualTo(ExactTimes.averageSeconds(sorted));
        assertPercentile(figures.p50Seconds(), sorted, 50);
        assertPercentile(figures.p85Seconds(), sorted, 85);
        assertPercentile(figures.p95Seconds(), sorted, 95);
    }

    private static void assertPercentile(BigDecimal seconds, List<Long> micros, int percent) {
        if (micros.isEmpty()) {
            assertThat(seconds).isNull();
        } else {
            var exact = micros.get((int) Math.ceil(micros.size() * percent / 100.0) - 1) / 1e6;
            assertThat(seconds.doubleValue()).isCloseTo(exact, offset(Math.max(1, exact / 128)));
        }
    }

    private void assertTimeInStatus(String query, Predicate<State> scope) {
        var report = new TimeInStatusReport(queries, database.dataSource()).read(parameters(query));
        for (var row : report.rows()) {
            var stays = steps(new Span(report.from(), report.to()), scope)
                    .filter(Step::leavesStatus)
                    .filter(step -> step.leftStatus() == row.status());
            var figures = new DurationFigures(
                    row.count(), row.averageSeconds(), row.p50Seconds(), row.p85Seconds(), row.p95Seconds());
            assertFigures(figures, stays.map(Step::stayMicros).toList());
        }
    }

    private void assertAgeing(String filter, Predicate<State> scope) {
        var ages = new AgeingReport(queries, database.dataSource()).read(parameters(filter));
        for (var row : ages.rows()) {
            var last = row.toDays() == null ? Integer.MAX_VALUE : row.toDays();
            var expected = history.issues().stream()
                    .filter(states -> !states.getLast().status().isDone() && scope.test(states.getLast()))
                    .map(states -> ChronoUnit.DAYS.between(states.getFirst().day(), ages.today()))
                    .filter(age -> age >= row.fromDays() && age <= last)
                    .count();
            assertThat(row.unresolved()).as("%s of %s", row, filter).isEqualTo(expected);
        }
    }

    private void assertWorkload() {
        var report = new WorkloadReport(queries, database.dataSource()).read(parameters("from=2026-01-20"));
        var span = new Span(report.from(), report.to());
        assertThat(report.rows()).hasSize(7);
        for (var row : report.rows()) {
            Predicate<State> scope = state -> Objects.equals(state.assignee(), row.assignee());
            assertThat(row)
                    .isEqualTo(new WorkloadReport.Row(
                            row.assignee(),
                            history.atEndOf(
                                    LocalDate.MAX, state -> scope.test(state) && state.status() == IssueStatus.OPEN),
                            history.atEndOf(
                                    LocalDate.MAX,
                                    state -> scope.test(state) && state.status() == IssueStatus.IN_PROGRESS),
                            history.count(span, scope, Step::resolves)));
        }
    }

    private void assertThroughputByAssignee() {
        var report = new ThroughputReport(queries, database.dataSource())
                .read(parameters("from=2026-01-12&interval=week&by=assignee"));
        assertThat(report.rows()).isNotEmpty();
        for (var row : report.rows()) {
            var throughput = (AssigneeThroughput.Row) row;
            assertThat(throughput.resolved())
                    .isEqualTo(history.count(
                            new Span(throughput.from(), throughput.to()),
                            state -> Objects.equals(state.assignee(), throughput.assignee()),
                            Step::resolves));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void its_tables_are_the_same_however_the_log_is_cut_and_however_often_it_comes(long seed) throws SQLException {
        happen(seed, 300);
        var random = new Random(seed);
        assertThat(PROJECTIONS).hasSizeGreaterThanOrEqualTo(9);
        assertThat(messages).anyMatch(message -> message.getPayload() instanceof IssueWithdrawn);
        for (var name : PROJECTIONS.stream().map(Projection::name).toList()) {
            var projection = node.live(name).projection();
            var live = node.rows(projection.name());
            assertThat(live.values()).noneMatch(List::isEmpty);
            node.applyAgain(name, 1 + random.nextInt(messages.size()));
            assertThat(node.rows(projection.name()))
                    .as("its beginning applied again")
                    .isEqualTo(live);
            for (var largest : List.of(1, 7, 200, 10_000)) {
                empty(projection);
                apply(projection, largest);
                assertThat(node.rows(projection.name()))
                        .as("%s in batches of up to %d", projection.name(), largest)
                        .isEqualTo(live);
            }
        }
    }

    private void empty(Projection projection) {
        projection
                .tables()
                .forEach(table -> node.sql().sql("DELETE FROM " + table).update());
    }

    /** All events, in batches of random size. */
    private void apply(Projection projection, int largest) throws SQLException {
        var random = new Random(largest);
        var count = messages.size();
        try (var connection = database.dataSource().getConnection()) {
            for (var from = 0; from < count; ) {
                var to = Math.min(count, from + 1 + random.nextInt(largest));
                var batch = new ArrayList<LoggedEvent>();
                for (var i = from; i < to; i++) {
                    batch.add(logged(i));
                }
                projection.apply(batch, connection);
                from = to;
            }
        }
    }

    private LoggedEvent logged(int index) {
        var message = messages.get(index);
        return new LoggedEvent(
                index + 1L,
                message.getAggregateIdentifier(),
                message.getSequenceNumber(),
                (RecountEvent) message.getPayload(),
                message.getTimestamp(),
                message.getMetaData());
    }
}
