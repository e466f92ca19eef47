package dev.recount.standalone;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Recount cannot start with these settings. The message says why, and the action what to do. Nothing has been created.
 */
final class UnusableStartException extends RuntimeException {

    private final String action;

    UnusableStartException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }

    /** Prints both instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnusableStartException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnusableStartException cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
        }
    }
}
