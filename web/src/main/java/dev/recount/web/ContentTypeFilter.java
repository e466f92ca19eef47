package dev.recount.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Treats a {@code Content-Type} with a wildcard, which names no type, as {@code application/octet-stream} (RFC 9110,
 * section 8.3). Otherwise Spring fails on it instead of reporting that a path does not exist.
 */
final class ContentTypeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String HEADER = "Content-Type";
    private static final String UNKNOWN = "application/octet-stream";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(hasWildcard(request.getContentType()) ? new Untyped(request) : request, response);
    }

    private static boolean hasWildcard(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int wildcard = type.indexOf('*');
        int parameters = type.indexOf(';');
        return wildcard >= 0 && (parameters < 0 || wildcard < parameters);
    }

    private static final class Untyped extends HttpServletRequestWrapper {

        Untyped(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return UNKNOWN;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HEADER) ? UNKNOWN : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HEADER) ? Collections.enumeration(List.of(UNKNOWN)) : super.getHeaders(name);
        }
    }
}
