package dev.recount.standalone;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Recount cannot start as it was asked to; says why, and what to do about it, before anything is made. */
final class UnusableStartException extends RuntimeException {

    private final String action;

    UnusableStartException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }

    /** Says it in place of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnusableStartException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnusableStartException cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
        }
    }
}
