package dev.recount.query.projection;

import dev.recount.eventstore.EventLog;
import dev.recount.eventstore.LogSignal;
import dev.recount.eventstore.Migrations;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs every {@link Projection} that it finds among the beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadProperties.class)
class ProjectionConfiguration {

    /** Marks that the tables of all projections are there; whoever touches them depends on it. */
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
    ProjectionPositions projectionPositions() {
        return new ProjectionPositions();
    }

    @Bean
    SharedStandings sharedStandings(
            ProjectionSchema schema,
            ProjectionPositions positions,
            EventLog log,
            LogSignal signal,
            RecentChanges changes) {
        var database = new JdbcTemplate(schema.dataSource());
        return new SharedStandings(() -> {
            var knownBefore = positions.known();
            var heard = signal.knownHead();
            var standings = ReadSessions.relyingOnNothing(
                    () -> database.execute((ConnectionCallback<Standings>) Standings::read));
            positions.found(knownBefore, Objects.requireNonNull(standings));
            if (standings.head() < heard) {
                // The log ends earlier than it did, so what is in memory of it may be of another one.
                log.forgetRecent();
                changes.forget();
                signal.fallBack(heard, standings.head());
            }
            return standings;
        });
    }

    @Bean
    RecentChanges recentChanges() {
        return new RecentChanges();
    }

    @Bean
    Traffic traffic() {
        return new Traffic();
    }

    @Bean
    ReadFence readFence(
            SharedStandings standings,
            ProjectionPositions positions,
            ReadSessions sessions,
            Traffic traffic,
            ReadProperties properties) {
        return new ReadFence(standings, positions, sessions, traffic, properties.patience());
    }

    @Bean
    Projections projections(List<Projection> projections, ProjectionPositions positions) {
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
            ProjectionPositions positions,
            ReadSessions sessions,
            SharedStandings standings) {
        var projector = new Projector(projections, claims, transactions, log, signal, changes, positions, sessions);
        return new ProjectorLifecycle(projections, claims, projector, positions, standings, transactions);
    }

    @Bean
    ProjectionHealth projectionsHealthIndicator(
            Projections projections, ProjectorLifecycle projector, SharedStandings standings) {
        return new ProjectionHealth(projections, projector, standings);
    }
}
