package dev.recount.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.recount.benchmarks.history.History;
import dev.recount.benchmarks.history.LogFill;
import dev.recount.eventstore.EventLog;
import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.eventstore.RecountSerializer;
import dev.recount.standalone.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An event log on a PostgreSQL of its own, which nobody follows. */
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
            ConfigurableApplicationContext beans = new SpringApplicationBuilder(EventStoreConfiguration.class)
                    .web(WebApplicationType.NONE)
                    .initializers(context -> context.getBeanFactory().registerSingleton("dataSource", database))
                    .run();
            return new LogOnly(postgres, database, beans);
        } catch (RuntimeException e) {
            database.close();
            postgres.close();
            throw e;
        }
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
