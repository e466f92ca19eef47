package dev.recount.query.projection;

import dev.recount.eventstore.database.DatabaseLoss;
import java.io.Serial;
import java.sql.SQLException;
import java.util.Set;

/** The database refused what a projection did; nothing of it is left. */
public final class ProjectionWriteException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Classes of SQLSTATE: connection exception, transaction ended for being idle, and operator intervention. */
    private static final Set<String> CONNECTION_LOST = Set.of("08", "25", "57");

    private final boolean connectionLost;

    ProjectionWriteException(SQLException cause) {
        super("the database refused: " + cause.getMessage(), cause);
        this.connectionLost = DatabaseLoss.isCauseOf(cause)
                || cause.getSQLState() == null
                || CONNECTION_LOST.contains(cause.getSQLState().substring(0, 2));
    }

    /** True where it was not the work that was refused: there was no database to do it. */
    public boolean isConnectionLost() {
        return connectionLost;
    }
}
