package dev.recount.standalone.cli;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.RunDocument;
import dev.recount.query.rebuild.StartOutcome;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import picocli.CommandLine.Command;

/** Compares projections' tables with what the log leads to. */
@Command(
        name = "verify",
        description = {
            "Counts projections anew beside their tables, and tells each row that differs with the events behind it."
                    + " All projections, if none is named. Nothing is changed.",
            ""
        })
final class VerifyCommand extends RunCommand {

    VerifyCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    Collection<String> chosen(Collection<String> known) {
        return names().isEmpty() ? known : names();
    }

    @Override
    StartOutcome start(Rebuilds rebuilds, Collection<String> chosen) throws SQLException {
        return rebuilds.verify(chosen);
    }

    @Override
    ExitCode tell(RebuildState state, Output output) {
        var report = Objects.requireNonNull(state.report(), "a verification that is done has a report");
        output.result(RunDocument.of(state), ReportText.of(report));
        return report.isClean() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
