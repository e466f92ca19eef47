package dev.recount.query.admin;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.web.PathId;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.sql.SQLException;
import org.springframework.stereotype.Component;

/** The run that a path names, on any node. */
@Component
final class RunPath {

    private final Rebuilds rebuilds;

    RunPath(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    /** Ends the request with 404 {@code unknown-rebuild} if there is no run with this id, or no longer. */
    RebuildState require(String id) throws SQLException {
        return rebuilds.find(PathId.require(id, ProblemType.UNKNOWN_REBUILD)).orElseThrow(() -> unknown(id));
    }

    static ProblemException unknown(String id) {
        return ProblemType.UNKNOWN_REBUILD
                .problem("There is no run %s; of those that are over, the last hundred are kept.".formatted(id))
                .exception();
    }
}
