package dev.recount.web;

import org.slf4j.Logger;

/** Logs problems by whose they are: ours loudly and in full, the database's in a line, the client's hardly. */
final class ProblemLog {

    private ProblemLog() {}

    static void write(Logger log, Problem problem, Throwable thrown) {
        switch (problem.type()) {
            case INTERNAL_ERROR -> log.error("a request failed", thrown);
            case DATABASE_UNAVAILABLE, OUTCOME_UNKNOWN, UNAVAILABLE ->
                log.warn("a request was refused: {}", thrown.toString());
            default -> log.debug("a request was refused: {}", thrown.toString());
        }
    }
}
