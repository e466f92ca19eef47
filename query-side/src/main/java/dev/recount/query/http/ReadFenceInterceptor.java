package dev.recount.query.http;

import dev.recount.query.projection.Coverage;
import dev.recount.web.Preferences;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets no read begin before its projections are where its client may expect them. */
@Component
final class ReadFenceInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private static final String COVERAGE = Coverage.class.getName();

    private final FencedReads reads;

    ReadFenceInterceptor(FencedReads reads) {
        this.reads = reads;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var read = ReadSources.of(method);
            if (!read.isEmpty()) {
                var terms = ReadHeaders.termsOf(request);
                if (read.log()) {
                    reads.requireReached(terms);
                }
                if (read.keepsAnswers()) {
                    reads.await(read.projections().getFirst(), terms)
                            .ifPresent(coverage -> request.setAttribute(COVERAGE, coverage));
                } else {
                    read.projections().forEach(projection -> reads.await(projection, terms));
                }
                if (terms.staleOk() && !read.projections().isEmpty()) {
                    response.addHeader(Preferences.APPLIED, ReadHeaders.STALE_OK);
                }
            }
        }
        return true;
    }

    /** What the request waited for; empty where it reads something else than one projection, or whatever is there. */
    static Optional<Coverage> coverageOf(HttpServletRequest request) {
        return Optional.ofNullable((Coverage) request.getAttribute(COVERAGE));
    }
}
