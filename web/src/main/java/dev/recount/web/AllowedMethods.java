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
 * Finds the methods of a path: those of the endpoints with the best matching pattern. So {@code /issues/import} does
 * not have the methods of {@code /issues/{id}}.
 */
final class AllowedMethods {

    private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;
    /** Initialised on first use, because the filters exist before the endpoints. */
    private volatile @Nullable Known known;

    private record Place(PathPattern pattern, RequestMappingInfo mapping) {}

    /** @param literals the paths without variables */
    private record Known(List<Place> places, Set<String> literals) {}

    AllowedMethods(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The allowed methods in alphabetical order, empty if the path does not exist. */
    Set<String> at(HttpServletRequest request) {
        Set<String> allowed = new TreeSet<>();
        for (Place place : best(request)) {
            Set<RequestMethod> methods = place.mapping().getMethodsCondition().getMethods();
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                allowed.add(method.name());
            }
        }
        // Tomcat refuses TRACE everywhere.
        allowed.remove("TRACE");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (!allowed.isEmpty()) {
            allowed.add("OPTIONS");
        }
        return allowed;
    }

    /** The media types that a PATCH of the path accepts (RFC 5789, section 3.1), empty if the path has no PATCH. */
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

    /** Whether an endpoint has exactly this path, rather than only a matching pattern with variables. */
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
