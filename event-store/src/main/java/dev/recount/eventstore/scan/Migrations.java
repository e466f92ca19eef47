package dev.recount.eventstore.scan;

import dev.recount.eventstore.database.LongRunningSessions;
import dev.recount.eventstore.database.LongStatements;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/** Migrates a module's tables. Each module has its own scripts and its own history table. */
public final class Migrations {

    /** Migrations that SQL cannot express, by module. */
    private static final Map<String, List<JavaMigration>> IN_JAVA =
            Map.of("event_store", List.of(new SealExistingEvents()));

    private Migrations() {}

    /**
     * Runs the scripts below {@code dev/recount/migrations/<module>} that the database has not seen yet.
     *
     * <p>Several nodes may run it concurrently: Flyway serialises them with a lock. It holds the lock in a transaction
     * that is idle while the scripts run.
     */
    public static void migrate(DataSource dataSource, String module) {
        of(new LongRunningSessions(dataSource), module).load().migrate();
    }

    static FluentConfiguration of(DataSource dataSource, String module) {
        return Flyway.configure()
                .dataSource(new LongStatements(dataSource))
                .locations("classpath:dev/recount/migrations/" + module)
                .table("migrations_" + module)
                // The modules share the schema, so it is empty only for the first one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .javaMigrations(IN_JAVA.getOrDefault(module, List.of()).toArray(JavaMigration[]::new));
    }
}
