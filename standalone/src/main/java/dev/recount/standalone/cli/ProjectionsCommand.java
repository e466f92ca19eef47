package dev.recount.standalone.cli;

import dev.recount.query.daemon.ProjectionStatus;
import dev.recount.query.daemon.ProjectionStatuses;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Shows the checkpoints of all projections. */
@Command(
        name = "projections",
        description = "Shows where each projection stands in the log: one line each, or one JSON document.")
final class ProjectionsCommand extends DatabaseCommand {

    private static final double MILLIS = 1_000;

    private record Document(long head, List<Standing> projections) {}

    /** The names are those of {@code GET /projections}. */
    private record Standing(
            String name,
            String state,
            int version,
            @Nullable Integer storedVersion,
            int generation,
            long position,
            long head,
            long lagEvents,
            double lagSeconds,
            long deadLetters,
            long waitingEvents,
            @Nullable String node,
            ProjectionStatus.@Nullable Failure failure) {

        static Standing of(ProjectionStatus status) {
            return new Standing(
                    status.name(),
                    status.state().wireName(),
                    status.version(),
                    status.storedVersion(),
                    status.generation(),
                    status.position(),
                    status.head(),
                    status.lagEvents(),
                    Math.round(status.lagSeconds() * MILLIS) / MILLIS,
                    status.deadLetters(),
                    status.waitingEvents(),
                    status.node(),
                    status.failure());
        }
    }

    ProjectionsCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    ExitCode run(CommandSession session, Output output) throws SQLException {
        List<ProjectionStatus> statuses;
        try (var connection = session.database().dataSource().getConnection()) {
            statuses = ProjectionStatuses.read(connection, session.projections().values());
        }
        var table = new TextTable(
                "NAME", "VERSION", "GENERATION", "POSITION", "HEAD", "LAG", "LAG SECONDS", "DEAD LETTERS", "STATE");
        var standings = statuses.stream().map(Standing::of).toList();
        standings.forEach(standing -> table.row(
                standing.name(),
                standing.version(),
                standing.generation(),
                standing.position(),
                standing.head(),
                standing.lagEvents(),
                Math.round(standing.lagSeconds()),
                standing.deadLetters(),
                standing.state()));
        var text = new StringBuilder(table.toString());
        for (var standing : standings) {
            if (standing.failure() != null) {
                text.append('\n')
                        .append(standing.name())
                        .append(" is failing: ")
                        .append(standing.failure().cause());
            }
        }
        output.result(new Document(standings.getFirst().head(), standings), text.toString());
        return ExitCode.DONE;
    }
}
