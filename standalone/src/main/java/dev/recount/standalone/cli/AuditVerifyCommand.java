package dev.recount.standalone.cli;

import dev.recount.standalone.audit.LogSnapshot;
import dev.recount.verifier.Checkpoint;
import dev.recount.verifier.LogSource;
import dev.recount.verifier.MalformedLogException;
import dev.recount.verifier.Report;
import dev.recount.verifier.Verification;
import dev.recount.verifier.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Recomputes the log's proof from its events and reports the first altered position. */
@Command(
        name = "verify",
        description = {
            "Recomputes every hash of the log, in a file or in the database, and compares the roots with checkpoints."
                    + " Nothing is changed, and nothing is believed that can be computed.",
            ""
        })
final class AuditVerifyCommand extends DatabaseCommand {

    @Option(names = "--export", paramLabel = "FILE", description = "Verify this export, not the database.")
    private @Nullable Path export;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that was kept elsewhere; may be given several times.")
    private List<Path> checkpoints = List.of();

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description =
                    "A key that checkpoints have to be signed with, else those that come with the log; may be given"
                            + " several times.")
    private List<String> keys = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show how far it is.")
    private boolean quiet = false;

    AuditVerifyCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    ExitCode run(CommandSession session, Output output) throws SQLException, InterruptedException {
        session.onInterrupt(Thread.currentThread()::interrupt);
        var report = verify(session, output);
        output.result(AuditDocument.of(report, !keys.isEmpty()), AuditText.of(report, !keys.isEmpty()));
        return report.isIntact() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Report verify(CommandSession session, Output output) throws SQLException, InterruptedException {
        var known = AuditFiles.keys(keys);
        AuditFiles.requireReadable(checkpoints);
        if (export != null) {
            try (var log = AuditFiles.export(export, known)) {
                return verify(log, output);
            } catch (IOException failure) {
                throw AuditFiles.unusable(export, failure);
            }
        }
        try (var snapshot =
                LogSnapshot.open(session.database().dataSource(), session.setting("recount.audit.origin"), known)) {
            return verify(snapshot.log(), output);
        }
    }

    private Report verify(LogSource log, Output output) throws SQLException, InterruptedException {
        var progress = output.events("verified", quiet);
        return Verification.of(log, witnesses(log), leaf -> progress.accept(leaf.position()));
    }

    private List<Witness> witnesses(LogSource log) {
        List<Witness> witnesses = new ArrayList<>();
        for (var file : checkpoints) {
            try {
                var checkpoint = Checkpoint.parse(Files.readString(file), log.keys());
                if (!checkpoint.origin().equals(log.origin())) {
                    throw new MalformedLogException(
                            "it is of " + checkpoint.origin() + ", and the log is " + log.origin());
                }
                witnesses.add(Witness.of(file.toString(), checkpoint));
            } catch (IOException failure) {
                throw AuditFiles.unusable(file, failure);
            } catch (MalformedLogException refused) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "checkpoint-refused",
                        "The checkpoint in " + file + " is not to be relied on: " + refused.getMessage() + ".");
            }
        }
        return witnesses;
    }
}
