package dev.recount.standalone.cli;

import dev.recount.postgres.EmbeddedPostgresException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The commands of Recount, given after the jar's name instead of starting the server. */
public final class RecountCommandLine {

    private static final Logger LOG = LoggerFactory.getLogger(RecountCommandLine.class);

    /** Names of settings contain dots, like the server's options. Names of the commands' own options contain none. */
    private static final Pattern SETTING = Pattern.compile("--[^=]+?\\.[^=]+(=.*)?", Pattern.DOTALL);

    private static final Set<String> QUESTIONS = Set.of("--help", "--version");

    private final Settings.Source source;
    private final List<String> settings = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final PrintStream results = System.out;
    private final PrintStream remarks = System.err;

    private RecountCommandLine(Settings.Source source, String... given) {
        this.source = source;
        for (var argument : given) {
            (SETTING.matcher(argument).matches() ? settings : arguments).add(argument);
        }
    }

    /** Whether there is anything but options of the server. */
    public static boolean isMeantBy(String... given) {
        return Arrays.stream(given)
                .anyMatch(argument ->
                        (!argument.isEmpty() && !argument.startsWith("--")) || QUESTIONS.contains(argument));
    }

    /** Carries out the command and returns its exit code. */
    public static int run(String version, Settings.Source source, String... given) {
        var line = new RecountCommandLine(source, given);
        // Logging goes to the standard output, which is for results.
        System.setOut(line.remarks);
        return line.execute(version);
    }

    private int execute(String version) {
        for (var setting : settings) {
            if (!setting.contains("=")) {
                failed(new Settings.InvalidSettingsException(setting + " needs a value: " + setting + "=VALUE"));
                return ExitCode.USAGE.number();
            }
        }
        var commands = new CommandLine(new RootCommand())
                .addSubcommand(new ProjectionsCommand(this))
                .addSubcommand(new RebuildCommand(this))
                .addSubcommand(new VerifyCommand(this))
                .addSubcommand(new CommandLine(new LogCommand()).addSubcommand(new RenewIdentityCommand(this)))
                .addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditVerifyCommand(this))
                        .addSubcommand(new AuditExportCommand(this))
                        .addSubcommand(new AuditRestoreCommand(this)));
        setVersion(commands, "Recount " + version);
        return commands.setOut(new PrintWriter(results, true, results.charset()))
                .setErr(new PrintWriter(remarks, true, remarks.charset()))
                .setExitCodeExceptionMapper(_ -> ExitCode.FAILED.number())
                .setParameterExceptionHandler((failure, _) -> misunderstood(failure))
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure).number())
                .execute(arguments.toArray(String[]::new));
    }

    private static void setVersion(CommandLine command, String version) {
        command.getCommandSpec().version(version);
        command.getSubcommands().values().forEach(subcommand -> setVersion(subcommand, version));
    }

    Output output(boolean json) {
        return new Output(results, remarks, json);
    }

    /** The work of a command. */
    @FunctionalInterface
    interface Work {
        ExitCode in(CommandSession session) throws SQLException, InterruptedException;
    }

    ExitCode inSession(Work work) throws SQLException, InterruptedException {
        try (var session = new CommandSession(source.read(settings.toArray(String[]::new)), remarks)) {
            try {
                return work.in(session);
            } catch (SQLException | InterruptedException | RuntimeException failure) {
                if (session.isInterrupted()) {
                    LOG.debug("what was going on when the process was interrupted", failure);
                    return ExitCode.INTERRUPTED;
                }
                throw failure;
            }
        }
    }

    private int misunderstood(ParameterException failure) {
        var command = failure.getCommandLine();
        output(arguments.contains(DatabaseCommand.JSON)).failure("usage", String.valueOf(failure.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE.number();
    }

    private ExitCode failed(Exception failure) {
        LOG.debug("a command failed", failure);
        var known = known(failure);
        output(arguments.contains(DatabaseCommand.JSON)).failure(known.code(), String.valueOf(known.getMessage()));
        return known.exitCode();
    }

    private static CommandFailure known(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CommandFailure known -> {
                    return known;
                }
                case Settings.InvalidSettingsException invalid -> {
                    return new CommandFailure(ExitCode.USAGE, "usage", String.valueOf(invalid.getMessage()));
                }
                case EmbeddedPostgresException refused -> {
                    return CommandFailure.noDatabase(refused.getMessage() + "\n" + refused.action());
                }
                case SQLException sql
                when Database.isUnreachable(sql) -> {
                    return CommandFailure.noDatabase("The database went away. " + sql.getMessage());
                }
                default -> {}
            }
        }
        return new CommandFailure(ExitCode.FAILED, "failed", "Failed: " + failure);
    }
}
