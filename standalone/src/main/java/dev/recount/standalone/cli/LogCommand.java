package dev.recount.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands on the log itself. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {"Says which log this is, after its database was restored.", ""})
final class LogCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: log renew-identity.");
    }
}
