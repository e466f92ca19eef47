package dev.recount.standalone;

import dev.recount.eventstore.testing.TestDatabase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** All of Recount within the test's process, on its own database. */
record Recount(ConfigurableApplicationContext context, TestDatabase database) implements AutoCloseable {

    static Recount start() {
        return on(TestDatabase.fresh());
    }

    static Recount on(TestDatabase database) {
        return on(database, database.url());
    }

    /** Starts on a database that is reached by another address than its own. */
    static Recount on(TestDatabase database, String url, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        all.addAll(List.of(options));
        return new Recount(SpringApplication.run(RecountApplication.class, all.toArray(String[]::new)), database);
    }

    Client client() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return Client.of(URI.create("http://127.0.0.1:" + server.getPort()));
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
