package dev.recount.web;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Default properties of the HTTP interface that differ from Spring Boot's, for every process that serves it. Every
 * other property source overrides them.
 */
final class WebDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            // Without authentication, only the machine itself may connect.
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // A client that sends far too much should still get the refusal instead of a connection reset.
            Map.entry("server.tomcat.max-swallow-size", "64MB"),
            // Tomcat would close each connection after 100 requests.
            Map.entry("server.tomcat.max-keep-alive-requests", "-1"),
            Map.entry("server.tomcat.connection-timeout", "20s"),
            Map.entry("server.tomcat.keep-alive-timeout", "60s"),
            // Unknown paths are 404 from the dispatcher, not a search through the class path.
            Map.entry("spring.web.resources.add-mappings", "false"),
            // The filter would read bodies of PUT and PATCH before the endpoints do.
            Map.entry("spring.mvc.formcontent.filter.enabled", "false"),
            // Room for a file name of 255 characters of any script, even percent-encoded.
            Map.entry("server.tomcat.max-part-header-size", "8KB"),
            // An upload to an endpoint that accepts none is refused by its media type, unread.
            Map.entry("spring.servlet.multipart.resolve-lazily", "true"),
            Map.entry("management.endpoints.web.exposure.include", "health"),
            // Without this, every request is timed for metrics that no endpoint shows.
            Map.entry("management.observations.enable.http", "false"),
            Map.entry("logging.pattern.correlation", "[%X{" + RequestIdFilter.MDC_KEY + ":-}] "),
            // This logger warns of every unknown path and every malformed header.
            Map.entry("logging.level.org.springframework.web.servlet.PageNotFound", "error"),
            Map.entry("logging.level.org.springframework.boot.webmvc.autoconfigure.WelcomePageHandlerMapping", "error"),
            // This logger reports the first malformed request with a stack trace, at a level meant for operators.
            Map.entry("logging.level.org.apache.coyote.http11.Http11Processor", "warn"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount web defaults", DEFAULTS));
    }
}
