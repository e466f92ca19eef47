package dev.recount.standalone;

import dev.recount.postgres.EmbeddedPostgres;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Prints, once Recount is ready, where it listens, where the data is, and what to try first. */
final class StartupMessage implements ApplicationListener<ApplicationReadyEvent> {

    private final ObjectProvider<EmbeddedPostgres> embedded;

    StartupMessage(ObjectProvider<EmbeddedPostgres> embedded) {
        this.embedded = embedded;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            System.out.print(text(
                    event.getApplicationContext().getEnvironment(),
                    web.getWebServer().getPort()));
        }
    }

    private String text(Environment environment, int port) {
        String listening = "http://" + host(environment.getProperty("server.address", "0.0.0.0")) + ":" + port;
        EmbeddedPostgres postgres = embedded.getIfAvailable();
        String data = postgres == null
                ? withoutParameters(environment.getProperty("spring.datasource.url", "?"))
                : postgres.dataDirectory() + " (PostgreSQL on 127.0.0.1:" + postgres.port() + ")";
        return """

            Recount is ready.
              Listens on  %s
              Data in     %s
              Try         curl -sS %s/issues -H 'Content-Type: application/json' -H 'X-User-Id: 1' -d '{"title": "My first issue"}'

            """.formatted(listening, data, tryAt(listening));
    }

    /** Removes the parameters of a JDBC URL, which may hold a password. */
    static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    private static String host(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** A wildcard address is one to listen on, but not one to call. */
    private static String tryAt(String listening) {
        return listening.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    }
}
