package dev.recount.query.projection;

import dev.recount.eventstore.Migrations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs every {@link Projection} that it finds among the beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadProperties.class)
class ProjectionConfiguration {

    /** Claims are renewed every second; a node that is only slow loses no rows by losing one. */
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(3);

    /** Marks that the tables of all projections are there; whoever touches them depends on it. */
    record ProjectionSchema(DataSource dataSource) {}

    @Bean
    ProjectionSchema projectionSchema(DataSource dataSource) {
        Migrations.migrate(dataSource, "query_side");
        return new ProjectionSchema(dataSource);
    }

    @Bean
    ProjectionTransactions projectionTransactions(ProjectionSchema schema) {
        return new ProjectionTransactions(schema.dataSource());
    }

    @Bean
    TokenStore projectionTokens(ProjectionTransactions transactions) {
        return JdbcTokenStore.builder()
                .connectionProvider(transactions)
                .serializer(new TokenSerializer())
                .contentType(String.class)
                .claimTimeout(CLAIM_TIMEOUT)
                // The process id, Axon's default, is 1 in every container.
                .nodeId(UUID.randomUUID().toString())
                .schema(TokenSchema.builder()
                        .setTokenTable("projection_token")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("claimed_at")
                        .build())
                .build();
    }

    @Bean
    ProjectionPositions projectionPositions() {
        return new ProjectionPositions();
    }

    @Bean
    ProjectionThreads projectionThreads() {
        return new ProjectionThreads();
    }

    @Bean
    SharedStandings sharedStandings(ProjectionSchema schema, ProjectionPositions positions) {
        var database = new JdbcTemplate(schema.dataSource());
        return new SharedStandings(() -> {
            var knownBefore = positions.known();
            var standings = database.execute((ConnectionCallback<Standings>) Standings::read);
            positions.found(knownBefore, Objects.requireNonNull(standings));
            return standings;
        });
    }

    @Bean
    ReadFence readFence(SharedStandings standings, ProjectionPositions positions, ReadProperties properties) {
        return new ReadFence(standings, positions, properties.patience());
    }

    @Bean
    ProjectionProcessors projectionProcessors(
            List<Projection> projections,
            EventStore log,
            TokenStore tokens,
            ProjectionTransactions transactions,
            ProjectionThreads threads,
            ProjectionPositions positions,
            SharedStandings standings) {
        var processors = projections.stream()
                .map(projection -> new ProjectionProcessor(projection, log, transactions, tokens, threads, positions))
                .toList();
        return new ProjectionProcessors(processors, transactions, threads, positions, standings);
    }

    @Bean
    ProjectionHealth projectionsHealthIndicator(ProjectionProcessors processors, SharedStandings standings) {
        return new ProjectionHealth(processors, standings);
    }
}
