package dev.recount.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands that prove the integrity of the log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that the log is what it was: verifies it, writes it into a file, and restores it from one."
                    + " docs/audit.md says what is proved, and against whom.",
            ""
        })
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: audit verify, export or restore.");
    }
}
