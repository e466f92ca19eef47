package dev.recount.web;

import org.slf4j.Logger;

/**
 * Logs problems by cause: server errors as errors with stack trace, database and resource problems in one line, client
 * errors only at debug level.
 */
final class ProblemLog {

    private static final int MAX_CAUSES = 20;

    private ProblemLog() {}

    static void write(Logger log, Problem problem, Throwable thrown) {
        if (problem.type() == ProblemType.INTERNAL_ERROR) {
            log.error("a request failed", thrown);
        } else if (problem.type().status() == 503) {
            log.warn("a request was answered 503 {}: {}", problem.type().code(), inOneLine(innermost(thrown)));
        } else {
            log.debug("a request was refused: {}", thrown.toString());
        }
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable innermost = thrown;
        for (int depth = 0; innermost.getCause() != null && depth < MAX_CAUSES; depth++) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    private static String inOneLine(Throwable thrown) {
        return thrown.toString().lines().map(String::strip).findFirst().orElse("");
    }
}
