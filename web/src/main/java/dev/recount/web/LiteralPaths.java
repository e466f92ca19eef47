package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Refuses a request such as {@code GET /issues/import}, whose path has its own endpoint but whose method only a pattern
 * such as {@code /issues/{id}} has. Otherwise the request would look for an issue of that name.
 */
final class LiteralPaths implements HandlerInterceptor {

    private final AllowedMethods methods;

    LiteralPaths(AllowedMethods methods) {
        this.methods = methods;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String pattern
                && pattern.indexOf('{') >= 0
                && methods.isLiteral(request)) {
            throw FrameworkProblems.methodNotAllowed(methods.at(request)).exception();
        }
        return true;
    }
}
