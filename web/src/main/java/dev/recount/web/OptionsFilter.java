package dev.recount.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Responds to {@code OPTIONS} with the methods of the path. A preflight gets the same response and no permission,
 * because pages of other origins have no access. The servlet would add its own methods, and Spring would refuse a
 * preflight without {@code Allow}.
 */
final class OptionsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient AllowedMethods methods;
    private final transient ProblemWriter writer;

    OptionsFilter(AllowedMethods methods, ProblemWriter writer) {
        this.methods = methods;
        this.writer = writer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("OPTIONS")) {
            chain.doFilter(request, response);
            return;
        }
        Set<String> allowed = methods.at(request);
        if (allowed.isEmpty()) {
            writer.write(request, response, FrameworkProblems.ofStatus(404));
            return;
        }
        response.setHeader("Allow", String.join(", ", allowed));
        Set<String> patches = methods.patchesAt(request);
        if (!patches.isEmpty()) {
            response.setHeader("Accept-Patch", String.join(", ", patches));
        }
        response.setContentLength(0);
    }
}
