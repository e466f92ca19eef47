package dev.recount.query.rebuild;

import dev.recount.query.generations.GenerationSchemas;
import dev.recount.query.generations.TableGeneration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up after runs that ended abnormally: rows of runs that are no longer running, and schemas that are no longer
 * used.
 */
final class LeftoverGenerations {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverGenerations.class);

    /** Does not wait longer for reads of swapped-out tables; the next sweep finds these tables, too. */
    private static final String LOCK_TIMEOUT = "SET lock_timeout = 1000";

    private LeftoverGenerations() {}

    /** Marks runs as interrupted whose process is gone, on any node, and drops the schemas of all finished runs. */
    static void sweep(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var schemas = GenerationSchemas.find(connection);
            var runs = new TreeSet<>(RebuildRows.running(connection));
            schemas.forEach(schema -> runs.add(schema.run()));
            for (var run : runs) {
                // The run holds this lock as long as it lives.
                if (RunLocks.tryRun(connection, run)) {
                    try {
                        drop(connection, run);
                        RebuildRows.finish(connection, run, RebuildPhase.INTERRUPTED, null, null);
                    } finally {
                        RunLocks.releaseRun(connection, run);
                    }
                }
            }
        }
    }

    /** Drops the schemas of one run. */
    static void drop(DataSource dataSource, long run) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            drop(connection, run);
        }
    }

    private static void drop(Connection connection, long run) throws SQLException {
        TableGeneration.execute(connection, LOCK_TIMEOUT);
        try {
            for (var owned : GenerationSchemas.find(connection)) {
                if (owned.run() == run) {
                    try {
                        GenerationSchemas.drop(connection, owned.schema());
                    } catch (SQLException inUse) {
                        LOG.info("Cannot drop the schema {} yet: {}", owned.schema(), inUse.getMessage());
                    }
                }
            }
        } finally {
            TableGeneration.execute(connection, "RESET lock_timeout");
        }
    }
}
