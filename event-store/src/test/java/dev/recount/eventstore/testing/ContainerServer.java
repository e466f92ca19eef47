package dev.recount.eventstore.testing;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** Starts the test server in a container; Testcontainers' reaper removes it when the JVM ends. */
final class ContainerServer {
    private static final String IMAGE = "postgres:18.6";

    private ContainerServer() {}

    @SuppressWarnings("resource") // lives as long as the JVM
    static TestServer start() {
        var container = new PostgreSQLContainer(IMAGE)
                .withEnv("POSTGRES_INITDB_ARGS", "--locale-provider=builtin --builtin-locale=C.UTF-8")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        return new TestServer(
                container.getHost(), container.getFirstMappedPort(), container.getUsername(), container.getPassword());
    }
}
