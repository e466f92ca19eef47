package dev.recount.standalone.cli;

import dev.recount.standalone.audit.LogExport;
import dev.recount.standalone.audit.UnreadableLogException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Exports the whole log to a file that proves its own integrity. */
@Command(
        name = "export",
        description = {
            "Writes all of the log into a file, one JSON object a line, as it is at one moment; a server may go on"
                    + " meanwhile. It verifies the log as it goes.",
            ""
        })
final class AuditExportCommand extends DatabaseCommand {

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to be made; compressed if its name ends in .gz.")
    private Path out = Path.of("");

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show how far it is.")
    private boolean quiet = false;

    AuditExportCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    ExitCode run(CommandSession session, Output output) throws SQLException, InterruptedException {
        AuditFiles.requireNew(out);
        session.onInterrupt(Thread.currentThread()::interrupt);
        try {
            var report = LogExport.write(
                    session.database().dataSource(),
                    session.setting("recount.audit.origin"),
                    out,
                    output.events("exported", quiet));
            output.result(AuditDocument.of(report, false), "Written to " + out + ".\n" + AuditText.of(report, false));
            return report.isIntact() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (IOException failure) {
            throw AuditFiles.unusable(out, failure);
        } catch (UnreadableLogException unreadable) {
            throw new CommandFailure(
                    ExitCode.FAILED, "unreadable-event", unreadable.getMessage() + " Nothing was written.");
        }
    }
}
