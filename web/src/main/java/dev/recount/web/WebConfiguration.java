package dev.recount.web;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door of this module: import it beside the endpoints of a side. It needs a {@link KnownUsers} and Spring Boot's
 * auto-configuration of Spring MVC, Tomcat and Jackson.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
public class WebConfiguration {

    private static final int OUTERMOST = Ordered.HIGHEST_PRECEDENCE;

    @Bean
    ProblemWriter problemWriter(JsonMapper mapper) {
        return new ProblemWriter(mapper);
    }

    @Bean
    WebMvcConfigurer endpointSetup(ProblemWriter writer, KnownUsers users) {
        return new EndpointSetup(writer, users);
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
        return ordered(new RequestIdFilter(), OUTERMOST);
    }

    /** Bodies are snake_case; Instants are ISO 8601 by Jackson's default. */
    @Bean
    JsonMapperBuilderCustomizer snakeCase() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
