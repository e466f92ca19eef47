package dev.recount.command.testing;

import dev.recount.command.CommandSideApplication;
import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.bus.Origin;
import dev.recount.command.issue.IssueCommand.WithdrawIssue;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command side alone, as its main class starts it, with a client for it. */
public final class CommandServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext context;
    private final String address;

    private CommandServer(ConfigurableApplicationContext context) {
        this.context = context;
        this.address = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** The server that the endpoint tests share, on its own database. It ends with the JVM. */
    public static CommandServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final CommandServer SERVER = on(TestDatabase.fresh());
    }

    public static CommandServer on(TestDatabase database, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        arguments.addAll(List.of(settings));
        return new CommandServer(SpringApplication.run(CommandSideApplication.class, arguments.toArray(String[]::new)));
    }

    /** The response to a request with a JSON body, unless a header says otherwise. */
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int header = 0; header < headers.length; header += 2) {
            request.setHeader(headers[header], headers[header + 1]);
        }
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Imports a text as a file. */
    public Answer importCsv(String csv, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "multipart/form-data; boundary=between-the-parts"));
        var body =
                "--between-the-parts\r\nContent-Disposition: form-data; name=\"file\"; filename=\"issues.csv\"\r\n\r\n"
                        + csv + "\r\n--between-the-parts--\r\n";
        return send("POST", "/issues/import", body, all.toArray(String[]::new));
    }

    /** Withdraws a single issue, which no endpoint does. */
    public void withdraw(long issue) {
        context.getBean(CommandDispatcher.class).dispatch(new WithdrawIssue(issue), Origin.SYSTEM, IssueOutcome.class);
    }

    /** Appends events to the log, bypassing all rules. */
    public void append(String stream, long fromSequence, Object... events) {
        context.getBean(EventStore.class).publish(EventStoreNode.messages(stream, fromSequence, events));
    }

    public EventLog log() {
        return context.getBean(EventLog.class);
    }

    /** A position of the log in the form of responses. */
    public String position(long position) {
        return position + "@" + context.getBean(LogIdentity.class).token();
    }

    /** The entity tag in the response to a write at a version. */
    public String tag(long version) {
        return "\"" + position(version) + "\"";
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }

    /** The response. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String body() {
            return response.body();
        }
    }
}
