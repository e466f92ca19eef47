package dev.recount.query.projection;

import java.io.Serial;
import java.sql.SQLException;

/** The database refused what a projection did; nothing of it is left. */
final class ProjectionWriteException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ProjectionWriteException(SQLException cause) {
        super("the database refused: " + cause.getMessage(), cause);
    }
}
