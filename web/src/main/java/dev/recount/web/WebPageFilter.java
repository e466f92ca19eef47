package dev.recount.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prevents foreign web pages from using a visitor's browser against this server. It returns 421 for a foreign {@code
 * Host} (DNS rebinding), and 403 for a change requested by a page of another origin. It sets {@link SecurityHeaders} on
 * every response.
 */
final class WebPageFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient TrustedHosts hosts;
    private final transient TrustedOrigins origins;
    private final transient ProblemWriter writer;

    WebPageFilter(TrustedHosts hosts, TrustedOrigins origins, ProblemWriter writer) {
        this.hosts = hosts;
        this.origins = origins;
        this.writer = writer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Problem problem = problem(request);
        if (problem == null) {
            SecurityHeaders.on(response);
            chain.doFilter(request, response);
        } else {
            writer.write(request, response, problem);
        }
    }

    /** A request without {@code Host} is HTTP/1.0, which no browser uses. */
    private @Nullable Problem problem(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host != null && !hosts.trust(host, request.getLocalAddr())) {
            return ProblemType.MISDIRECTED_REQUEST.problem("This server does not answer to the name in the Host header;"
                    + " recount.web.hosts lists the names that it answers to besides localhost.");
        }
        if (origins.isForeign(request)) {
            return ProblemType.FOREIGN_ORIGIN.problem("A web page of another origin asks for a change;"
                    + " recount.web.origins lists the origins that may.");
        }
        return null;
    }
}
