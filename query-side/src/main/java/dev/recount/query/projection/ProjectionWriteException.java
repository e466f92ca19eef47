package dev.recount.query.projection;

import dev.recount.eventstore.database.DatabaseLoss;
import java.io.Serial;
import java.sql.SQLException;
import java.util.Set;

/** Signals that the database refused a projection's work; all of it was rolled back. */
public final class ProjectionWriteException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** SQLSTATE classes: connection exception, transaction ended for being idle, and operator intervention. */
    private static final Set<String> CONNECTION_LOST = Set.of("08", "25", "57");

    private final boolean connectionLost;

    ProjectionWriteException(SQLException cause) {
        super("the database refused: " + cause.getMessage(), cause);
        this.connectionLost = DatabaseLoss.isCauseOf(cause)
                || cause.getSQLState() == null
                || CONNECTION_LOST.contains(cause.getSQLState().substring(0, 2));
    }

    /** Whether the connection was lost, so that the work itself was not refused. */
    public boolean isConnectionLost() {
        return connectionLost;
    }
}
