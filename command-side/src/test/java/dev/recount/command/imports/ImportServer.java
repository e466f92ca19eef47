package dev.recount.command.imports;

import static org.awaitility.Awaitility.await;

import dev.recount.command.CommandSideApplication;
import dev.recount.events.ImportEvent;
import dev.recount.eventstore.read.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command side over HTTP, on its own port. */
record ImportServer(ConfigurableApplicationContext context, HttpClient client) implements AutoCloseable {

    private static final String BOUNDARY = "a-line-between-the-parts";

    record Answer(int status, JsonNode body, Map<String, String> headers) {

        OptionalLong position() {
            String position = headers.get("event-position");
            return position == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(position.replaceFirst("@.*", "")));
        }

        String code() {
            return body.path("code").asString();
        }
    }

    static ImportServer on(DataSource dataSource, Map<String, Object> settings) {
        SpringApplication application = new SpringApplication(CommandSideApplication.class);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(
                        DataSource.class,
                        () -> dataSource,
                        bean -> ((AbstractBeanDefinition) bean).setDestroyMethodName("")));
        Map<String, Object> all = new HashMap<>(settings);
        all.put("server.port", 0);
        all.put("spring.main.banner-mode", "off");
        application.setDefaultProperties(all);
        return new ImportServer(
                application.run(),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    EventLog log() {
        return context.getBean(EventLog.class);
    }

    /** All events after a position except those of imports, on any number of pages. */
    List<EventMessage<?>> eventsAfter(long position) {
        List<EventMessage<?>> events = new ArrayList<>();
        long head = log().head();
        while (position + events.size() < head) {
            events.addAll(log().readAfter(position + events.size(), 1_000));
        }
        return events.stream()
                .filter(message -> !(message.getPayload() instanceof ImportEvent))
                .toList();
    }

    /** Sends a text as the file {@code issues.csv}. */
    Answer send(String csv) {
        return send(csv.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(byte[] csv) {
        return send(BodyPublishers.ofByteArray(csv), Map.of());
    }

    Answer send(BodyPublisher csv, Map<String, String> headers) {
        return sendParts(part("file", "issues.csv", csv), headers);
    }

    /** A part of a form, with the line before it. */
    static BodyPublisher part(String name, String fileName, BodyPublisher content) {
        String disposition =
                "form-data; name=\"" + name + "\"" + (fileName == null ? "" : "; filename=\"" + fileName + "\"");
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: " + disposition + "\r\n\r\n";
        return BodyPublishers.concat(BodyPublishers.ofString(head), content, BodyPublishers.ofString("\r\n"));
    }

    Answer sendParts(BodyPublisher parts, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.putIfAbsent("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        return post(BodyPublishers.concat(parts, BodyPublishers.ofString("--" + BOUNDARY + "--\r\n")), all);
    }

    Answer postJson(String path, String json) {
        return post(path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
    }

    Answer post(BodyPublisher body, Map<String, String> headers) {
        return post("/issues/import", body, headers);
    }

    Answer put(String path, String json) {
        return send("PUT", path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
    }

    private Answer post(String path, BodyPublisher body, Map<String, String> headers) {
        return send("POST", path, body, headers);
    }

    private Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            Map<String, String> received = new HashMap<>();
            response.headers().map().forEach((name, values) -> received.put(name, values.getFirst()));
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()), received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until no upload is left on disk. The last one is deleted after its response was sent. */
    void awaitNoFiles() {
        await().atMost(Duration.ofSeconds(20)).until(() -> files().isEmpty());
    }

    void awaitFiles() {
        await().atMost(Duration.ofSeconds(20)).until(() -> !files().isEmpty());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files =
                Files.list(context.getBean(ImportDirectory.class).path())) {
            return files.filter(file -> !file.endsWith("lock")).toList();
        }
    }

    URI uri(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
