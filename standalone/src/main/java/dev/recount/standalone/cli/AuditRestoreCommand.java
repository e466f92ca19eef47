package dev.recount.standalone.cli;

import dev.recount.standalone.audit.LogRestore;
import dev.recount.verifier.ExportLog;
import dev.recount.verifier.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates an installation from an export: the same log with the same root, which a server then continues. */
@Command(
        name = "restore",
        description = {
            "Makes a new installation of an export: in an empty database, or in a data directory that is made. All of"
                    + " it or, where it is not intact, nothing. The read models fill themselves when a server starts.",
            ""
        })
final class AuditRestoreCommand extends DatabaseCommand {

    @Parameters(paramLabel = "FILE", description = "What audit export wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description =
                    "A key that its checkpoint has to be signed with, else those in the file; may be given several"
                            + " times.")
    private List<String> keys = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show how far it is.")
    private boolean quiet = false;

    AuditRestoreCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    ExitCode run(CommandSession session, Output output) throws SQLException, InterruptedException {
        session.onInterrupt(Thread.currentThread()::interrupt);
        try (var export = AuditFiles.export(file, AuditFiles.keys(keys))) {
            var report = restore(session, export, output);
            if (!report.isIntact()) {
                output.unfinished(
                        AuditDocument.of(report, !keys.isEmpty()),
                        AuditText.of(report, !keys.isEmpty()) + "\nNothing was restored.");
                return ExitCode.FAILED;
            }
            output.result(
                    AuditDocument.of(report, !keys.isEmpty()),
                    String.format(Locale.ROOT, "Restored %,d events of %s.%n", report.events(), report.origin())
                            + AuditText.of(report, !keys.isEmpty()));
            return ExitCode.DONE;
        } catch (IOException failure) {
            throw AuditFiles.unusable(file, failure);
        }
    }

    private Report restore(CommandSession session, ExportLog export, Output output)
            throws SQLException, InterruptedException {
        try {
            return LogRestore.restore(session.newDatabase().dataSource(), export, output.events("restored", quiet));
        } catch (LogRestore.NotEmptyException refused) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "not-empty",
                    refused.getMessage()
                            + " Restore into a database or a data directory that no server was started on.");
        }
    }
}
