package dev.recount.web;

import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What Spring MVC does for every endpoint. */
final class EndpointSetup implements WebMvcConfigurer {

    private final ProblemWriter writer;
    private final KnownUsers users;

    EndpointSetup(ProblemWriter writer, KnownUsers users) {
        this.writer = writer;
        this.users = users;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(EndpointArguments.all());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ActingUser(users));
    }

    /** Takes the place of Spring's own resolvers, which would answer some cases with an empty body. */
    @Override
    public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.add(new ProblemResolver(writer));
    }
}
