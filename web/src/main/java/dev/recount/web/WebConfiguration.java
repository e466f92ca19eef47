package dev.recount.web;

import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogIdentity;
import jakarta.servlet.Filter;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entry point of the module: import it together with the endpoints of a side. It needs an {@link EventLog} and Spring
 * Boot's auto-configuration of Spring MVC, Tomcat and Jackson.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
public class WebConfiguration {

    private static final int OUTERMOST = Ordered.HIGHEST_PRECEDENCE;

    /** A quarter of the heap. The rest is for caches and for all small requests. */
    private static final int SHARE_OF_HEAP = 4;

    /** Arriving bodies need no more memory than their length. */
    private static final int SHARE_OF_ARRIVING = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Bean
    ProblemWriter problemWriter(JsonMapper mapper) {
        return new ProblemWriter(mapper);
    }

    /** Lazy, because not every web application has a log. */
    @Bean
    @Lazy
    LogPositions logPositions(LogIdentity identity) {
        return new LogPositions(identity);
    }

    @Bean
    KnownUsers knownUsers(EventLog log) {
        return userId -> log.exists(StreamName.user(userId));
    }

    @Bean
    AllowedMethods allowedMethods(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        return new AllowedMethods(mappings);
    }

    @Bean
    WebMvcConfigurer endpointSetup(ProblemWriter writer, KnownUsers users, AllowedMethods methods) {
        return new EndpointSetup(writer, users, methods);
    }

    @Bean
    FilterRegistrationBean<WebPageFilter> webPageFilter(WebProperties properties, ProblemWriter writer) {
        TrustedHosts hosts = new TrustedHosts(properties.hosts());
        TrustedOrigins origins = new TrustedOrigins(properties.origins());
        return ordered(new WebPageFilter(hosts, origins, writer), OUTERMOST);
    }

    @Bean
    FilterRegistrationBean<OptionsFilter> optionsFilter(AllowedMethods methods, ProblemWriter writer) {
        return ordered(new OptionsFilter(methods, writer), OUTERMOST + 1);
    }

    @Bean
    FilterRegistrationBean<ContentTypeFilter> contentTypeFilter() {
        return ordered(new ContentTypeFilter(), OUTERMOST + 2);
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
        return ordered(new RequestIdFilter(), OUTERMOST);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
            WebProperties properties, HeapBudget heap, ProblemWriter writer) {
        HeapBudget arriving = new HeapBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_ARRIVING, PATIENCE);
        return ordered(
                new BodyLimitFilter(properties.maxJsonBody(), new BodyMemory.Budgets(arriving, heap), writer),
                OUTERMOST + 1);
    }

    @Bean
    HeapBudget heapBudget() {
        return new HeapBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, PATIENCE);
    }

    @Bean
    TomcatSetup tomcatSetup(ProblemWriter writer, AllowedMethods methods, WebProperties properties) {
        return new TomcatSetup(writer, methods, properties.minimumRate());
    }

    /** Prevents Spring Boot from serving {@code /error}, which would be another form of error document. */
    @Bean
    ErrorController noErrorPage() {
        return new ErrorController() {};
    }

    /** Bodies use snake_case. Instants are ISO 8601 by Jackson's default. */
    @Bean
    JsonMapperBuilderCustomizer snakeCase() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    }

    @Bean
    ServerHttpMessageConvertersCustomizer measuredBodies(JsonMapper mapper) {
        return builder -> builder.withJsonConverter(new ContentLengthJsonConverter(mapper));
    }

    private static <F extends Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
