package dev.recount.standalone.cli;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.RunJson;
import dev.recount.query.rebuild.StartOutcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rebuilds projections into new generations of their tables and swaps them in. Reads continue. */
@Command(
        name = "rebuild",
        description = {
            "Counts projections anew from the first event on, several in one pass, and puts the new tables in the place"
                    + " of the old ones when they have caught up. Reads and writes go on.",
            ""
        })
final class RebuildCommand extends RunCommand {

    private static final double MILLIS = 1_000;

    @Option(names = "--all", description = "All projections there are.")
    private boolean all = false;

    RebuildCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    Collection<String> chosen(Collection<String> known) {
        if (all == !names().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "usage",
                    "Either name projections or say --all. There are\n    " + String.join("\n    ", known));
        }
        return all ? known : names();
    }

    @Override
    StartOutcome start(Rebuilds rebuilds, Collection<String> chosen) throws SQLException {
        return rebuilds.rebuild(chosen);
    }

    @Override
    ExitCode tell(RebuildState state, CommandSession session, Output output) {
        var took =
                Duration.between(state.startedAt(), Objects.requireNonNullElse(state.finishedAt(), state.updatedAt()));
        output.result(
                RunJson.of(state),
                String.format(
                        Locale.ROOT,
                        "Rebuilt %s from %,d events in %.1f s.",
                        String.join(", ", state.projections()),
                        state.eventsDone(),
                        took.toMillis() / MILLIS));
        return ExitCode.DONE;
    }
}
