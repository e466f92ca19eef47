package dev.recount.eventstore.scan;

import dev.recount.eventstore.database.LongRunningSessions;
import dev.recount.eventstore.database.LongStatements;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/** Brings a module's tables up to date; each module has its scripts and its history table to itself. */
public final class Migrations {

    /** What SQL cannot do, by module. */
    private static final Map<String, List<JavaMigration>> IN_JAVA =
            Map.of("event_store", List.of(new SealExistingEvents()));

    private Migrations() {}

    /**
     * Runs the scripts below {@code dev/recount/migrations/<module>} that the database has not seen yet.
     *
     * <p>Safe on several nodes at once: Flyway serialises them by a lock of its own, which it holds in a transaction
     * that is idle as long as the scripts take.
     */
    public static void migrate(DataSource dataSource, String module) {
        of(new LongRunningSessions(dataSource), module).load().migrate();
    }

    static FluentConfiguration of(DataSource dataSource, String module) {
        return Flyway.configure()
                .dataSource(new LongStatements(dataSource))
                .locations("classpath:dev/recount/migrations/" + module)
                .table("migrations_" + module)
                // The schema is shared with the other modules, so it is never empty for the second one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .javaMigrations(IN_JAVA.getOrDefault(module, List.of()).toArray(JavaMigration[]::new));
    }
}
