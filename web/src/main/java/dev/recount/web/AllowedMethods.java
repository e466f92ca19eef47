package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The methods that a path has: those of the endpoints whose pattern fits it best, so that {@code /issues/import} does not
 * have those of {@code /issues/{id}}.
 */
final class AllowedMethods {

    private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;
    /** Read when it is first needed, for the filters exist before the endpoints. */
    private volatile @Nullable Known known;

    private record Place(PathPattern pattern, RequestMappingInfo mapping) {}

    /** @param literals the paths that have no variables */
    private record Known(List<Place> places, Set<String> literals) {}

    AllowedMethods(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** In alphabetical order; empty where nothing is at the path. */
    Set<String> at(HttpServletRequest request) {
        Set<String> allowed = new TreeSet<>();
        for (Place place : best(request)) {
            Set<RequestMethod> methods = place.mapping().getMethodsCondition().getMethods();
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                allowed.add(method.name());
            }
        }
        // Tomcat refuses it everywhere.
        allowed.remove("TRACE");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (!allowed.isEmpty()) {
            allowed.add("OPTIONS");
        }
        return allowed;
    }

    /** The media types that a PATCH of the path may have (RFC 5789, section 3.1); empty where it has none. */
    Set<String> patchesAt(HttpServletRequest request) {
        Set<String> types = new TreeSet<>();
        for (Place place : best(request)) {
            if (place.mapping().getMethodsCondition().getMethods().contains(RequestMethod.PATCH)) {
                place.mapping()
                        .getConsumesCondition()
                        .getConsumableMediaTypes()
                        .forEach(type -> types.add(type.toString()));
            }
        }
        return types;
    }

    /** Whether the path is one of an endpoint by itself, and not only one that a pattern with variables fits. */
    boolean isLiteral(HttpServletRequest request) {
        return known().literals().contains(path(request).value());
    }

    private List<Place> best(HttpServletRequest request) {
        PathContainer path = path(request);
        List<Place> best = new ArrayList<>();
        known().places().stream().filter(place -> place.pattern().matches(path)).forEach(place -> {
            int order = best.isEmpty()
                    ? 0
                    : PathPattern.SPECIFICITY_COMPARATOR.compare(
                            place.pattern(), best.getFirst().pattern());
            if (order < 0) {
                best.clear();
            }
            if (order <= 0) {
                best.add(place);
            }
        });
        return best;
    }

    private Known known() {
        Known read = known;
        if (read == null) {
            List<Place> places =
                    mappings.stream().flatMap(AllowedMethods::places).toList();
            Set<String> literals = places.stream()
                    .map(Place::pattern)
                    .filter(pattern -> !pattern.hasPatternSyntax())
                    .map(PathPattern::getPatternString)
                    .collect(Collectors.toUnmodifiableSet());
            read = new Known(places, literals);
            known = read;
        }
        return read;
    }

    private static Stream<Place> places(RequestMappingInfoHandlerMapping endpoints) {
        return endpoints.getHandlerMethods().keySet().stream().mapMulti((mapping, places) -> {
            PathPatternsRequestCondition patterns = mapping.getPathPatternsCondition();
            if (patterns != null) {
                patterns.getPatterns().forEach(pattern -> places.accept(new Place(pattern, mapping)));
            }
        });
    }

    private static PathContainer path(HttpServletRequest request) {
        RequestPath path = ServletRequestPathUtils.hasParsedRequestPath(request)
                ? ServletRequestPathUtils.getParsedRequestPath(request)
                : RequestPath.parse(request.getRequestURI(), request.getContextPath());
        return path.pathWithinApplication();
    }
}
