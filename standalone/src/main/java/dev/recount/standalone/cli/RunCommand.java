package dev.recount.standalone.cli;

import dev.recount.query.rebuild.RebuildPhase;
import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.RunJson;
import dev.recount.query.rebuild.StartOutcome;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that replays the log, shows its progress, and cancels the run on Ctrl-C. */
abstract class RunCommand extends DatabaseCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final long LOOK_MILLIS = 250;
    private static final int RECENT_RUNS = 100;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names of projections.")
    private List<String> names = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show how far it is.")
    private boolean quiet = false;

    RunCommand(RecountCommandLine environment) {
        super(environment);
    }

    List<String> names() {
        return names;
    }

    /** The projections that the arguments stand for. */
    abstract Collection<String> chosen(Collection<String> known);

    abstract StartOutcome start(Rebuilds rebuilds, Collection<String> chosen) throws SQLException;

    /** Reports the result of a completed run. */
    abstract ExitCode tell(RebuildState state, CommandSession session, Output output);

    @Override
    final ExitCode run(CommandSession session, Output output) throws SQLException, InterruptedException {
        var known = session.projections().keySet();
        for (var name : names) {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
        var chosen = chosen(known);
        var rebuilds = session.rebuilds();
        return switch (start(rebuilds, chosen)) {
            case StartOutcome.Started started -> {
                var end = started.end().toCompletableFuture();
                session.onInterrupt(() -> cancel(rebuilds, started.id()));
                yield conclude(session, follow(rebuilds, started.id(), end, output), output);
            }
            case StartOutcome.UnknownProjection unknown -> throw unknown(unknown.projection(), known);
            case StartOutcome.Busy busy -> throw busy(rebuilds, busy.projection());
            case StartOutcome.NewerVersion newer ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "newer-version",
                        "The rows of " + newer.projection() + " are of version " + newer.storedVersion()
                                + ", which this Recount does not know yet.");
            case StartOutcome.NotComparable other ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "not-comparable",
                        other.projection() + " has no rows of this version yet that could be compared; rebuild it,"
                                + " or start a server, which does so by itself.");
        };
    }

    private static CommandFailure unknown(String name, Collection<String> known) {
        return new CommandFailure(
                ExitCode.USAGE,
                "unknown-projection",
                "There is no projection " + name + ". There are\n    " + String.join("\n    ", known));
    }

    private static CommandFailure busy(Rebuilds rebuilds, String projection) throws SQLException {
        var other = rebuilds.newest(RECENT_RUNS).stream()
                .filter(run -> !run.phase().isOver() && run.projections().contains(projection))
                .findFirst()
                .map(run -> " (" + run.kind().storedName() + " " + run.id() + " in process " + run.node() + ")")
                .orElse("");
        return new CommandFailure(
                ExitCode.FAILED, "projection-busy", "Another run is at work on " + projection + other + ".");
    }

    private RebuildState follow(Rebuilds rebuilds, long id, Future<RebuildState> end, Output output)
            throws SQLException, InterruptedException {
        try (var progress = quiet ? Progress.none() : output.progress()) {
            while (true) {
                try {
                    var state = end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    progress.show(state);
                    return state;
                } catch (TimeoutException _) {
                    rebuilds.find(id).ifPresent(progress::show);
                } catch (ExecutionException failed) {
                    throw new CommandFailure(
                            ExitCode.FAILED, "failed", "The run ended, but not how: " + failed.getCause());
                }
            }
        }
    }

    private ExitCode conclude(CommandSession session, RebuildState state, Output output) {
        if (state.phase() == RebuildPhase.DONE) {
            return tell(state, session, output);
        }
        output.unfinished(RunJson.of(state), describe(state));
        return session.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }

    private static String describe(RebuildState state) {
        var what = "The " + state.kind().storedName() + " of " + String.join(", ", state.projections());
        var remains = state.swapped().isEmpty()
                ? "Nothing has changed."
                : String.join(", ", state.swapped()) + " had been rebuilt already; nothing else has changed.";
        var failure = state.failure();
        if (failure == null) {
            return what + " was " + state.phase().storedName() + ". " + remains;
        }
        var event = failure.position() == null
                ? ""
                : "\nThe event is at position " + failure.position()
                        + (failure.stream() == null ? "" : ", in stream " + failure.stream())
                        + (failure.projection() == null ? "" : "; the projection is " + failure.projection()) + ".";
        return what + " failed: " + failure.cause() + event + "\n" + remains;
    }

    private static void cancel(Rebuilds rebuilds, long id) {
        try {
            rebuilds.cancel(id);
        } catch (SQLException gone) {
            LOG.debug("the run ends by itself, since the database does not respond", gone);
        }
    }
}
