package dev.recount.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.recount.benchmarks.history.History;
import dev.recount.benchmarks.history.LogFill;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.scan.Migrations;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.postgres.EmbeddedPostgres;
import dev.recount.query.ProjectionsAlone;
import dev.recount.query.projection.Projection;
import dev.recount.query.rebuild.Rebuilds;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An event log on its own PostgreSQL, with the tables of projections but without running projections. */
record LogOnly(EmbeddedPostgres postgres, HikariDataSource database, ConfigurableApplicationContext beans)
        implements AutoCloseable {

    static LogOnly in(Path directory) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(postgres.url());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        HikariDataSource database = new HikariDataSource(pool);
        try {
            // Through Spring Boot, so that it logs what Recount logs.
            ConfigurableApplicationContext beans = new SpringApplicationBuilder(ProjectionsAlone.class)
                    .web(WebApplicationType.NONE)
                    .initializers(context -> context.getBeanFactory().registerSingleton("dataSource", database))
                    .run();
            Migrations.migrate(database, "query_side");
            return new LogOnly(postgres, database, beans);
        } catch (RuntimeException e) {
            database.close();
            postgres.close();
            throw e;
        }
    }

    /** Rebuilds the existing projections; the caller must close it. */
    Rebuilds rebuilds() {
        return new Rebuilds(database, beans.getBean(LogScan.class), projections(), "benchmark");
    }

    /** In the order of their names. */
    List<Projection> projections() {
        return beans.getBeansOfType(Projection.class).values().stream()
                .sorted(Comparator.comparing(Projection::name))
                .toList();
    }

    EventLog log() {
        return beans.getBean(EventLog.class);
    }

    void fill(History history) throws InterruptedException {
        new LogFill(beans.getBean(EventStore.class), beans.getBean(RecountSerializer.class)).append(history);
    }

    @Override
    public void close() {
        beans.close();
        database.close();
        postgres.close();
    }
}
