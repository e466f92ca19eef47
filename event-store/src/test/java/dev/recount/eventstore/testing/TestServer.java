package dev.recount.eventstore.testing;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that a JVM's tests share: that of the JVM which started this one, or a container where Docker answers,
 * else one unpacked from its Maven artifact.
 */
public record TestServer(String host, int port, String user, String password) {
    static final String OPTION = "recount.test.server";
    private static final Logger LOG = LoggerFactory.getLogger(TestServer.class);

    /** The one of this JVM. */
    public static TestServer shared() {
        return Holder.SHARED;
    }

    String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** What to start another JVM with so that its tests share this server, too. */
    public String jvmOption() {
        return "-D%s=%s:%d:%s:%s".formatted(OPTION, host, port, user, password);
    }

    static TestServer ofOption(String given) {
        var parts = given.split(":", 4);
        return new TestServer(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]);
    }

    private static TestServer ownOrGiven() {
        var given = System.getProperty(OPTION);
        return given != null
                ? ofOption(given)
                : choose(DockerProbe.ofThisMachine().answers(), ContainerServer::start, EmbeddedServer::start);
    }

    static TestServer choose(boolean dockerAnswers, Supplier<TestServer> container, Supplier<TestServer> embedded) {
        if (!dockerAnswers) {
            return embedded.get();
        }
        try {
            return container.get();
        } catch (RuntimeException noContainer) {
            // An engine without the image and without a network is of no use.
            LOG.warn(
                    "Docker answers but gives no PostgreSQL, so the tests use an embedded one: {}",
                    noContainer.toString());
            return embedded.get();
        }
    }

    private static final class Holder {
        static final TestServer SHARED = ownOrGiven();
    }
}
