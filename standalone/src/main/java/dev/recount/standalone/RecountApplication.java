package dev.recount.standalone;

import dev.recount.audit.AuditConfiguration;
import dev.recount.command.CommandSideConfiguration;
import dev.recount.query.QuerySideConfiguration;
import dev.recount.standalone.cli.RecountCommandLine;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Starts the command side, the query side and the audit in one process, or carries out a command of the command line.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    EmbeddedPostgresConfiguration.class,
    CommandSideConfiguration.class,
    QuerySideConfiguration.class,
    AuditConfiguration.class,
    StartupMessage.class
})
public class RecountApplication {

    static void main(String[] arguments) {
        // Axon reads this when its first class loads; otherwise it would ask its vendor's server for updates.
        System.setProperty("axoniq.update-checker.disabled", "true");
        if (RecountCommandLine.isMeantBy(arguments)) {
            System.exit(RecountCommandLine.run(version(), CommandSettings::read, arguments));
        }
        SpringApplication application = new SpringApplication(RecountApplication.class);
        application.addInitializers(new UnknownOptions(), new FileNames(), new PortCheck());
        application.run(arguments);
    }

    /** The version in the jar's manifest. */
    private static String version() {
        return Objects.requireNonNullElse(
                RecountApplication.class.getPackage().getImplementationVersion(), "(not from a jar)");
    }
}
