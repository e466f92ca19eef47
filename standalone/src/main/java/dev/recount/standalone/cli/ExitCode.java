package dev.recount.standalone.cli;

/** What a command tells the shell; scripts rely on the numbers. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    NO_DATABASE(3),
    /** 128 and the number of the signal that Ctrl-C sends, as the JVM itself ends with. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
