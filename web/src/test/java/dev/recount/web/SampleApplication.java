package dev.recount.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A server as small as can be, with everything of this module and no database. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({SampleApplication.OneSide.class, SampleApplication.OtherSide.class})
class SampleApplication {

    /** Two sides in one process bring the module in twice. */
    @Configuration(proxyBeanMethods = false)
    @Import({WebConfiguration.class, SampleEndpoints.class})
    static class OneSide {}

    @Configuration(proxyBeanMethods = false)
    @Import({WebConfiguration.class, FailingEndpoints.class})
    static class OtherSide {}

    /** In place of the one that asks the event log. */
    @Bean
    SampleUsers knownUsers() {
        return new SampleUsers();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> portBelowTheEphemeralOnes() {
        return factory -> factory.setPort(freePort());
    }

    /** Breaks before Spring MVC has its turn. */
    @Bean
    HttpFilter brokenFilter() {
        return new HttpFilter() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                switch (request.getHeader("X-Break") instanceof String how ? how : "") {
                    case "throw" -> throw new IllegalStateException("java.lang.Secret in a filter");
                    case "problem" ->
                        throw ProblemType.TOO_MANY_REQUESTS
                                .problem("Slow down.")
                                .exception();
                    case "send-error" -> response.sendError(403, "java.lang.Secret");
                    default -> chain.doFilter(request, response);
                }
            }
        };
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // try the next
            }
        }
    }
}
