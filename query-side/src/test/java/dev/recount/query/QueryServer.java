package dev.recount.query;

import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A query side as it is started in production, over a test's database. */
public record QueryServer(ServletWebServerApplicationContext context, HttpClient client) implements AutoCloseable {

    public static QueryServer on(TestDatabase database, String... options) {
        return on(database, List.of(), options);
    }

    /** @param beans classes with beans that take the place of production's */
    public static QueryServer on(TestDatabase database, List<Class<?>> beans, String... options) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.main.banner-mode=off"));
        arguments.addAll(List.of(options));
        var application = new SpringApplication(QuerySideApplication.class);
        application.addPrimarySources(beans);
        var context = application.run(arguments.toArray(String[]::new));
        return new QueryServer(
                (ServletWebServerApplicationContext) context,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    public HttpAnswer get(String address, String... headers) {
        return send("GET", address, headers);
    }

    public HttpAnswer send(String method, String address, String... headers) {
        return HttpAnswer.of(sendForText(method, address, BodyPublishers.noBody(), headers));
    }

    public HttpResponse<String> getText(String address, String... headers) {
        return sendForText("GET", address, BodyPublishers.noBody(), headers);
    }

    public HttpResponse<String> sendForText(String method, String address, String... headers) {
        return sendForText(method, address, BodyPublishers.noBody(), headers);
    }

    public HttpAnswer post(String address, String json, String... headers) {
        var withType = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers));
        return send("POST", address, BodyPublishers.ofString(json), withType.toArray(String[]::new));
    }

    public HttpAnswer send(String method, String address, BodyPublisher body, String... headers) {
        return HttpAnswer.of(sendForText(method, address, body, headers));
    }

    private HttpResponse<String> sendForText(String method, String address, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(uri(address)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public URI uri(String address) {
        return URI.create(
                "http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), address));
    }

    /** A position of the log as responses give it. */
    public String position(long position) {
        return position + "@" + context.getBean(LogIdentity.class).token();
    }

    /** The entity tag of a state of the log. */
    public String tag(String state) {
        return "\"" + state + "@" + context.getBean(LogIdentity.class).token() + "\"";
    }

    /** Appends in this very process. */
    public void append(List<DomainEventMessage<?>> events) {
        context.getBean(EventStore.class).publish(events);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
