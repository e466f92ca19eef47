package dev.recount.query.admin;

import dev.recount.query.daemon.LiveProjection;
import dev.recount.query.daemon.Projections;
import dev.recount.query.deadletters.NewerRowsException;
import dev.recount.web.ProblemType;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The projection that a path names. */
@Component
final class ProjectionPath {

    private final Projections projections;

    ProjectionPath(Projections projections) {
        this.projections = projections;
    }

    /** Ends the request with 404 {@code unknown-projection} if no projection has this name. */
    LiveProjection require(String name) {
        return projections
                .find(name)
                .orElseThrow(() -> ProblemType.UNKNOWN_PROJECTION
                        .problem("No projection has this name; GET /projections lists them.")
                        .exception());
    }

    /** Ends the request with 409 {@code newer-projection} if only a node with newer code can do the work. */
    static <T> T write(Supplier<T> work) {
        try {
            return work.get();
        } catch (NewerRowsException newer) {
            throw ProblemType.NEWER_PROJECTION
                    .problem("Ask a node of the newer version: " + newer.getMessage() + ".")
                    .exception();
        }
    }
}
