package dev.recount.standalone.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that works on the configured database. */
@Command(
        mixinStandardHelpOptions = true,
        footer = {"", "java -jar recount.jar --help tells about settings and exit codes."})
abstract class DatabaseCommand implements Callable<Integer> {

    static final String JSON = "--json";

    private final RecountCommandLine environment;

    @Option(names = JSON, description = "Print one JSON document and nothing else to the standard output.")
    private boolean json = false;

    DatabaseCommand(RecountCommandLine environment) {
        this.environment = environment;
    }

    /** @throws CommandFailure if the command cannot be carried out */
    abstract ExitCode run(CommandSession session, Output output) throws SQLException, InterruptedException;

    @Override
    public final Integer call() throws SQLException, InterruptedException {
        return environment
                .inSession(session -> run(session, environment.output(json)))
                .number();
    }
}
