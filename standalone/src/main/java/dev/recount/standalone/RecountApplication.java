package dev.recount.standalone;

import dev.recount.command.CommandSideConfiguration;
import dev.recount.query.QuerySideConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the command side and the query side in one process. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    EmbeddedPostgresConfiguration.class,
    CommandSideConfiguration.class,
    QuerySideConfiguration.class,
    Welcome.class
})
public class RecountApplication {

    static void main(String[] arguments) {
        // Axon looks at it when its first class loads, and would ask its maker's server for news.
        System.setProperty("axoniq.update-checker.disabled", "true");
        SpringApplication application = new SpringApplication(RecountApplication.class);
        application.addInitializers(new UnknownOptions());
        application.run(arguments);
    }
}
