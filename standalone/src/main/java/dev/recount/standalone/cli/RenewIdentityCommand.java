package dev.recount.standalone.cli;

import dev.recount.eventstore.read.LogIdentity;
import java.sql.SQLException;
import java.util.UUID;
import picocli.CommandLine.Command;

/** Gives the log a new identity. Running servers adopt it immediately. */
@Command(
        name = "renew-identity",
        description = {
            "Gives the log a new identity. Do this once after the database was restored from a backup or to an earlier"
                    + " moment, whether or not a server runs: clients with a position of the lost events get an error"
                    + " and start again. No event is changed.",
            ""
        })
final class RenewIdentityCommand extends DatabaseCommand {

    private record Document(UUID identity) {}

    RenewIdentityCommand(RecountCommandLine environment) {
        super(environment);
    }

    @Override
    ExitCode run(CommandSession session, Output output) throws SQLException {
        var identity = LogIdentity.renew(session.database().dataSource());
        output.result(new Document(identity), "The log is now " + identity + ".");
        return ExitCode.DONE;
    }
}
