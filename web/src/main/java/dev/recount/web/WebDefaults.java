package dev.recount.web;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The settings of the HTTP surface that differ from Spring Boot's, for every process that serves it. They rank below every
 * other source, so that whoever runs Recount can override each.
 */
final class WebDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            // Until there is authentication, only the machine itself may connect.
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // A client that sends far too much shall still read why it is refused, instead of a reset connection.
            Map.entry("server.tomcat.max-swallow-size", "64MB"),
            // Tomcat would close each connection after 100 requests.
            Map.entry("server.tomcat.max-keep-alive-requests", "-1"),
            Map.entry("server.tomcat.connection-timeout", "20s"),
            Map.entry("server.tomcat.keep-alive-timeout", "60s"),
            // Unknown paths are 404 from the dispatcher, not a search through the class path.
            Map.entry("spring.web.resources.add-mappings", "false"),
            // Would read bodies of PUT and PATCH before the endpoints do.
            Map.entry("spring.mvc.formcontent.filter.enabled", "false"),
            // Room for a file name of 255 characters of any script, also percent-encoded.
            Map.entry("server.tomcat.max-part-header-size", "8KB"),
            // An upload to where none is taken is refused by its media type, unread.
            Map.entry("spring.servlet.multipart.resolve-lazily", "true"),
            Map.entry("management.endpoints.web.exposure.include", "health"),
            // Every request would be timed for metrics that no endpoint shows.
            Map.entry("management.observations.enable.http", "false"),
            Map.entry("logging.pattern.correlation", "[%X{" + RequestIdFilter.MDC_KEY + ":-}] "),
            // Would warn of every path that somebody guesses, and of every header that somebody garbles.
            Map.entry("logging.level.org.springframework.web.servlet.PageNotFound", "error"),
            Map.entry("logging.level.org.springframework.boot.webmvc.autoconfigure.WelcomePageHandlerMapping", "error"),
            // Logs the first malformed request with a stack trace, at a level that is meant for operators.
            Map.entry("logging.level.org.apache.coyote.http11.Http11Processor", "warn"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount web defaults", DEFAULTS));
    }
}
