package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that an endpoint does not know. Ignoring a filter would return rows that the client meant to
 * exclude.
 */
final class ParameterCheck implements HandlerInterceptor {

    private static final String ATTRIBUTE = ParameterCheck.class.getName();

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint) {
            Set<String> known = knownTo(endpoint);
            request.setAttribute(ATTRIBUTE, known);
            if (request.getQueryString() != null) {
                parametersOf(request).requireKnown();
            }
        }
        return true;
    }

    /** The checked query of a request. Reading an undeclared parameter is a bug of the endpoint. */
    @SuppressWarnings("unchecked")
    static QueryParameters parametersOf(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Set<?> known) {
            return QueryParameters.parse(request, (Set<String>) known);
        }
        throw new IllegalStateException("the query of this request was never checked");
    }

    private Set<String> knownTo(HandlerMethod endpoint) {
        return declared.computeIfAbsent(
                endpoint.getMethod(),
                method -> endpoint.getBean() instanceof DeclaresParameters declaring
                        ? Set.copyOf(declaring.parameters())
                        : declaredBy(method.getAnnotation(KnownParameters.class)));
    }

    private static Set<String> declaredBy(@Nullable KnownParameters annotation) {
        return annotation == null ? Set.of() : Set.copyOf(new TreeSet<>(Arrays.asList(annotation.value())));
    }
}
