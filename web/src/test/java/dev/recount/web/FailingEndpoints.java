package dev.recount.web;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.UnknownOutcomeException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

/** Endpoints that fail in every way there is. */
@JsonEndpoint
class FailingEndpoints {

    private static final String SECRET = "java.lang.Secret: SELECT password";

    static final AtomicInteger ENDED = new AtomicInteger();

    record Unwritable(String name) {

        public String broken() {
            throw new IllegalStateException(SECRET);
        }

        public String getBroken() {
            return broken();
        }
    }

    @GetMapping("/fail/{how}")
    Object fail(@PathVariable String how, HttpServletResponse response) throws Exception {
        response.setHeader("ETag", "\"7\"");
        throw switch (how) {
            case "bug" -> new IllegalStateException(SECRET);
            case "error" -> throw new StackOverflowError(SECRET);
            case "sql" -> new SQLException(SECRET, "42601");
            case "constraint" -> new DuplicateKeyException(SECRET);
            case "wrapped-problem" ->
                new CompletionException(ProblemType.STALE_VERSION
                        .problem("Changed.")
                        .with("current_version", 3)
                        .exception());
            case "no-connection" -> new CannotGetJdbcConnectionException(SECRET);
            case "resource" -> new DataAccessResourceFailureException(SECRET);
            case "no-transaction" -> new CannotCreateTransactionException(SECRET);
            case "pool-timeout" -> new CompletionException(new SQLTransientConnectionException(SECRET));
            case "connection-lost" -> new CompletionException(new SQLException(SECRET, "08006"));
            case "shutting-down" -> new CompletionException(new SQLException(SECRET, "57P01"));
            case "too-many" -> new CompletionException(new SQLException(SECRET, "53300"));
            case "lock" -> new CompletionException(new SQLException(SECRET, "55P03"));
            case "stood-still" -> new CompletionException(new SQLException(SECRET, "25P03"));
            case "log" -> onlyOfTheEventStore(LogUnavailableException.class);
            case "outcome" -> new CompletionException(onlyOfTheEventStore(UnknownOutcomeException.class));
            case "status" -> new ResponseStatusException(HttpStatus.FORBIDDEN, SECRET);
            case "io" -> new IOException(SECRET);
            default -> ProblemType.NOT_FOUND.problem("No such failure.").exception();
        };
    }

    private static Exception onlyOfTheEventStore(Class<? extends Exception> type) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor(String.class, Throwable.class);
        constructor.setAccessible(true);
        return constructor.newInstance(SECRET, new IOException());
    }

    @GetMapping("/unwritable")
    Unwritable unwritable() {
        return new Unwritable("x");
    }

    /** More than any buffer holds comes before what fails. */
    @GetMapping("/unwritable/late")
    Unwritable unwritableLate() {
        return new Unwritable("x".repeat(1_000_000));
    }

    @GetMapping("/silent/{status}")
    ResponseEntity<Void> silent(@PathVariable int status) {
        return ResponseEntity.status(status).build();
    }

    @GetMapping("/slow")
    DeferredResult<String> slow() {
        return new DeferredResult<>(50L);
    }

    @GetMapping("/half")
    void half(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write('[');
        response.flushBuffer();
        throw new IllegalStateException(SECRET);
    }

    @GetMapping("/endless")
    void endless(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        try {
            while (true) {
                response.getOutputStream().write(new byte[10_000]);
            }
        } finally {
            ENDED.incrementAndGet();
        }
    }
}
