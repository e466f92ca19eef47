package dev.recount.standalone.cli;

/** A command cannot be carried out. The message is for people, the stable code for programs. */
final class CommandFailure extends RuntimeException {

    private final ExitCode exitCode;
    private final String code;

    CommandFailure(ExitCode exitCode, String code, String message) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
    }

    static CommandFailure noDatabase(String message) {
        return new CommandFailure(ExitCode.NO_DATABASE, "no-database", message);
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String code() {
        return code;
    }
}
