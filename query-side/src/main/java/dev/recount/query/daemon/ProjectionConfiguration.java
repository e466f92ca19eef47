package dev.recount.query.daemon;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogSignal;
import dev.recount.eventstore.scan.Migrations;
import dev.recount.query.checkpoint.CheckpointSnapshot;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.consistency.ReadActivity;
import dev.recount.query.consistency.ReadBarrier;
import dev.recount.query.consistency.ReadConnectionsSetup;
import dev.recount.query.consistency.ReadProperties;
import dev.recount.query.consistency.ReadSessions;
import dev.recount.query.deadletters.DeadLetters;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Transactions;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs every {@link Projection} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadProperties.class)
class ProjectionConfiguration {

    /** Marks that the tables of all projections exist; beans that use them depend on it. */
    record ProjectionSchema(DataSource dataSource) {}

    @Bean
    ProjectionSchema projectionSchema(DataSource dataSource) {
        Migrations.migrate(dataSource, "query_side");
        return new ProjectionSchema(dataSource);
    }

    @Bean
    static ReadSessions readSessions() {
        return new ReadSessions();
    }

    @Bean
    static ReadConnectionsSetup readConnections(ObjectProvider<ReadSessions> sessions) {
        return new ReadConnectionsSetup(sessions);
    }

    @Bean
    Transactions projectionTransactions(ProjectionSchema schema) {
        return new Transactions(schema.dataSource());
    }

    @Bean
    LocalCheckpoints projectionPositions() {
        return new LocalCheckpoints();
    }

    @Bean
    CoalescedCheckpoints sharedStandings(
            ProjectionSchema schema,
            LocalCheckpoints positions,
            EventLog log,
            LogSignal signal,
            RecentChanges changes) {
        var database = new JdbcTemplate(schema.dataSource());
        return new CoalescedCheckpoints(() -> {
            var knownBefore = positions.known();
            var heard = signal.knownHead();
            var checkpoints = ReadSessions.relyingOnNothing(
                    () -> database.execute((ConnectionCallback<CheckpointSnapshot>) CheckpointSnapshot::read));
            positions.found(knownBefore, Objects.requireNonNull(checkpoints));
            if (checkpoints.head() < heard) {
                // The log ends earlier than before, so data of it in memory may belong to another log.
                log.forgetRecent();
                changes.forget();
                signal.fallBack(heard, checkpoints.head());
            }
            return checkpoints;
        });
    }

    @Bean
    RecentChanges recentChanges() {
        return new RecentChanges();
    }

    @Bean
    ReadActivity activity() {
        return new ReadActivity();
    }

    @Bean
    ReadBarrier readFence(
            CoalescedCheckpoints checkpoints,
            LocalCheckpoints positions,
            ReadSessions sessions,
            ReadActivity activity,
            ReadProperties properties) {
        return new ReadBarrier(checkpoints, positions, sessions, activity, properties.patience());
    }

    @Bean
    Projections projections(List<Projection> projections, LocalCheckpoints positions) {
        return new Projections(projections, positions);
    }

    @Bean
    DeadLetters deadLetters(Projections projections, Transactions transactions, EventLog log) {
        return new DeadLetters(name -> projections.of(name).projection(), transactions, log);
    }

    @Bean
    ProjectionClaims projectionClaims(Transactions transactions) {
        return new ProjectionClaims(transactions);
    }

    @Bean
    ProjectorLifecycle projectorLifecycle(
            Projections projections,
            ProjectionClaims claims,
            Transactions transactions,
            EventLog log,
            LogSignal signal,
            RecentChanges changes,
            LocalCheckpoints positions,
            ReadSessions sessions,
            CoalescedCheckpoints checkpoints) {
        var projector = new Projector(projections, claims, transactions, log, signal, changes, positions, sessions);
        return new ProjectorLifecycle(projections, claims, projector, positions, checkpoints, transactions);
    }

    @Bean
    ProjectionHealth projectionsHealthIndicator(
            Projections projections, ProjectorLifecycle projector, CoalescedCheckpoints checkpoints) {
        return new ProjectionHealth(projections, projector, checkpoints);
    }
}
