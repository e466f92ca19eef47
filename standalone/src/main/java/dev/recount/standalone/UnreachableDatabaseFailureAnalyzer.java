package dev.recount.standalone;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Tells whoever named a database that it does not answer, in place of a stack trace. */
final class UnreachableDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<PoolInitializationException> {

    private final Environment environment;

    UnreachableDatabaseFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PoolInitializationException cause) {
        String url = Welcome.withoutParameters(environment.getProperty("spring.datasource.url", "of its own"));
        String reason = cause.getCause() == null ? "" : " " + cause.getCause().getMessage();
        return new FailureAnalysis(
                "The database " + url + " gives no connection." + reason,
                "Check --spring.datasource.url, --spring.datasource.username and --spring.datasource.password.",
                cause);
    }
}
