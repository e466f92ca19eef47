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

/** Starts the command side, the query side and the audit in one process, or carries out a command given on the command line. */
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
        // Axon looks at it when its first class loads, and would ask its maker's server for news.
        System.setProperty("axoniq.update-checker.disabled", "true");
        if (RecountCommandLine.isMeantBy(arguments)) {
            System.exit(RecountCommandLine.run(version(), CommandSettings::read, arguments));
        }
        SpringApplication application = new SpringApplication(RecountApplication.class);
        application.addInitializers(new UnknownOptions(), new FileNames(), new PortCheck());
        application.run(arguments);
    }

    /** As the jar's manifest has it. */
    private static String version() {
        return Objects.requireNonNullElse(
                RecountApplication.class.getPackage().getImplementationVersion(), "(not from a jar)");
    }
}
