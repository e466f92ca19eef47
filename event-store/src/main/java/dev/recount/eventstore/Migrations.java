package dev.recount.eventstore;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a module's tables up to date; each module has its scripts and its history table to itself. */
public final class Migrations {

    private Migrations() {}

    /**
     * Runs the scripts below {@code dev/recount/migrations/<module>} that the database has not seen yet.
     *
     * <p>Safe on several nodes at once: Flyway serialises them by a lock of its own.
     */
    public static void migrate(DataSource dataSource, String module) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:dev/recount/migrations/" + module)
                .table("migrations_" + module)
                // The schema is shared with the other modules, so it is never empty for the second one.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
