package dev.recount.query.responses;

import dev.recount.web.PathId;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The data that an endpoint reads, as declared by its {@link ReadsProjection}.
 *
 * @param issue the path variable that names the only issue whose events matter, or empty
 */
record ReadSources(List<String> projections, boolean log, boolean cached, String issue) {

    private static final ReadSources NONE = new ReadSources(List.of(), false, false, "");
    private static final Map<Method, ReadSources> BY_ENDPOINT = new ConcurrentHashMap<>();

    static ReadSources of(HandlerMethod endpoint) {
        return BY_ENDPOINT.computeIfAbsent(endpoint.getMethod(), ReadSources::declaredBy);
    }

    private static ReadSources declaredBy(Method endpoint) {
        var annotation = endpoint.getAnnotation(ReadsProjection.class);
        return annotation == null
                ? NONE
                : new ReadSources(
                        List.of(annotation.value()), annotation.log(), annotation.cached(), annotation.issue());
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /** The issue that the request is about. Empty if it is about more than one issue, or if the id is not valid. */
    OptionalLong issueOf(HttpServletRequest request) {
        return !issue.isEmpty()
                        && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                instanceof Map<?, ?> path
                        && path.get(issue) instanceof String id
                ? PathId.parse(id)
                : OptionalLong.empty();
    }
}
