package dev.recount.web;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures Spring MVC for every endpoint. */
final class EndpointSetup implements WebMvcConfigurer {

    private final ProblemWriter writer;
    private final KnownUsers users;
    private final AllowedMethods methods;

    EndpointSetup(ProblemWriter writer, KnownUsers users, AllowedMethods methods) {
        this.writer = writer;
        this.users = users;
        this.methods = methods;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(EndpointArguments.all());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // Before any interceptor that waits or queries the database.
        registry.addInterceptor(new LiteralPaths(methods)).order(Ordered.HIGHEST_PRECEDENCE);
        registry.addInterceptor(new ParameterCheck()).order(Ordered.HIGHEST_PRECEDENCE);
        registry.addInterceptor(new ActingUser(users)).order(Ordered.HIGHEST_PRECEDENCE);
        registry.addInterceptor(new StrictBodies());
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(new AcceptedTypes()));
    }

    /** Replaces Spring's own resolvers, which would return an empty body in some cases. */
    @Override
    public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.add(new ProblemResolver(writer, methods));
    }
}
