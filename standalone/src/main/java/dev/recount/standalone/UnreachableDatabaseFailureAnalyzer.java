package dev.recount.standalone;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Reports that the configured database refuses connections, instead of a stack trace. */
final class UnreachableDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    // No connection, no such user or password, no such database.
    private static final Set<String> CLASSES = Set.of("08", "28", "3D");

    private final Environment environment;

    UnreachableDatabaseFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        String state = cause.getSQLState();
        if (state == null || state.length() != 5 || !CLASSES.contains(state.substring(0, 2))) {
            return null;
        }
        String url = StartupMessage.withoutParameters(environment.getProperty("spring.datasource.url", "of its own"));
        return new FailureAnalysis(
                "The database " + url + " gives no connection. " + cause.getMessage(),
                "Check --spring.datasource.url, --spring.datasource.username and --spring.datasource.password.",
                cause);
    }
}
