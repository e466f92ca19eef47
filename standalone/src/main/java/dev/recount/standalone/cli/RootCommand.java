package dev.recount.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command, which describes all commands. */
@Command(
        name = "java -jar recount.jar",
        mixinStandardHelpOptions = true,
        customSynopsis = "java -jar recount.jar [SETTING...] [COMMAND]",
        description = {
            "",
            "Without a command, starts the server. The commands work on the server's database, whether or not the"
                    + " server runs.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nSettings, as for the server; the environment and application.yaml are read, too:%n",
        footer = {
            "  --recount.data-directory=DIR       where Recount keeps its data, else ./data",
            "  --spring.datasource.url=URL        a PostgreSQL of your own in place of that",
            "  --spring.datasource.username=NAME  for it",
            "  --spring.datasource.password=WORD  for it; SPRING_DATASOURCE_PASSWORD in the",
            "                                     environment is seen by fewer people"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and no differences found",
            "1:failed, or differences found",
            "2:not understood: no such command, option or projection",
            "3:no database: unreachable, no access, or nothing of Recount's in it",
            "130:interrupted by Ctrl-C"
        })
final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "There is no command.");
    }
}
