package dev.recount.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot run. It carries the reason and a remedy for the operator. */
public final class EmbeddedPostgresException extends RuntimeException {
    private final String action;

    EmbeddedPostgresException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    EmbeddedPostgresException(String message, String action) {
        this(message, action, null);
    }

    public String action() {
        return action;
    }
}
