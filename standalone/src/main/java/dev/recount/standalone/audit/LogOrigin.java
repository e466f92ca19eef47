package dev.recount.standalone.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The name of a log: as configured, or after the installation in which it began. */
final class LogOrigin {

    private static final String PREFIX = "recount/";

    private LogOrigin() {}

    static String of(Connection connection, String configured) throws SQLException {
        if (!configured.isBlank()) {
            return configured;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT id FROM installation")) {
            row.next();
            return PREFIX + row.getString(1);
        }
    }

    /** The installation that the log is named after, if any. */
    static Optional<UUID> installation(String origin) {
        try {
            return origin.startsWith(PREFIX)
                    ? Optional.of(UUID.fromString(origin.substring(PREFIX.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException configured) {
            return Optional.empty();
        }
    }
}
