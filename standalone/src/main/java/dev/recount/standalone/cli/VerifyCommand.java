package dev.recount.standalone.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.recount.command.issue.axon.IssueSnapshots;
import dev.recount.eventstore.axon.SnapshotVerification;
import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.RunJson;
import dev.recount.query.rebuild.StartOutcome;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Compares projections' tables, and the snapshots that commands start from, with a replay of the log. */
@Command(
        name = "verify",
        description = {
            "Counts projections anew beside their tables, and tells each row that differs with the events behind it."
                    + " All projections, and the snapshots that commands start from, if none is named. Nothing is"
                    + " changed.",
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

    /** @param snapshots left out if projections are named, because they are not compared then */
    private record Document(
            @JsonUnwrapped RunJson run,
            @JsonInclude(JsonInclude.Include.NON_NULL) SnapshotVerification.@Nullable Report snapshots) {}

    @Override
    ExitCode tell(RebuildState state, CommandSession session, Output output) {
        var report = Objects.requireNonNull(state.report(), "a verification that is done has a report");
        var snapshots = names().isEmpty() ? IssueSnapshots.verify(session.snapshots()) : null;
        output.result(
                new Document(RunJson.of(state), snapshots),
                snapshots == null ? ReportText.of(report) : describe(snapshots) + ReportText.of(report));
        return report.isClean() && (snapshots == null || snapshots.differences().isEmpty())
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    private static String describe(SnapshotVerification.Report snapshots) {
        return Stream.concat(
                        Stream.of(String.format(
                                Locale.ROOT,
                                "%,d snapshots recomputed, %,d of them differ from the log.%n",
                                snapshots.snapshots(),
                                snapshots.differences().size())),
                        snapshots.differences().stream()
                                .map(difference -> "snapshot of %s at sequence %d: %s%n"
                                        .formatted(difference.stream(), difference.sequence(), difference.reason())))
                .collect(Collectors.joining());
    }
}
