package dev.recount.query.admin;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.StartOutcome;
import dev.recount.web.Problem;
import dev.recount.web.ProblemType;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reports why a run was not started. */
@Component
final class RunRejectionProblems {

    /** More than can run at the same time, because each has a projection of its own. */
    private static final int NEWEST = 100;

    private final Rebuilds rebuilds;

    RunRejectionProblems(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    Problem because(StartOutcome.Refused refused) throws SQLException {
        var name = refused.projection();
        var problem = switch (refused) {
            case StartOutcome.Busy _ -> busy(name);
            case StartOutcome.NewerVersion newer ->
                ProblemType.NEWER_PROJECTION.problem(
                        "The rows of %s are of version %d, which this node does not know; ask one of the newer version."
                                .formatted(name, newer.storedVersion()));
            case StartOutcome.NotComparable _ ->
                ProblemType.NOT_COMPARABLE.problem(
                        "%s was not filled yet by this version, and is filled by itself; verify it then."
                                .formatted(name));
            case StartOutcome.UnknownProjection _ ->
                ProblemType.UNKNOWN_PROJECTION.problem("No projection has the name %s.".formatted(name));
        };
        return problem.with("projection", name);
    }

    /** Names the other run, unless it ended or is not visible yet when it is looked up. */
    private Problem busy(String name) throws SQLException {
        var other = runOn(name);
        var problem = ProblemType.REBUILD_RUNNING.problem(
                other.map(run -> "Run %d works on %s; wait for it or cancel it.".formatted(run.id(), name))
                        .orElseGet(() -> "Another run works on %s; try again.".formatted(name)));
        return other.map(run -> problem.with("rebuild", run.id())).orElse(problem);
    }

    private Optional<RebuildState> runOn(String name) throws SQLException {
        return rebuilds.newest(NEWEST).stream()
                .filter(run -> !run.phase().isOver() && run.projections().contains(name))
                .findFirst();
    }
}
