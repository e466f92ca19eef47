package dev.recount.standalone.cli;

/** The exit code of a command. Scripts rely on the numbers. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    NO_DATABASE(3),
    /** 128 plus the number of the signal that Ctrl-C sends, which the JVM itself also uses. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
