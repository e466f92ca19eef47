package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Detects requests that a web page of another origin makes a browser send. It uses {@code Origin} and {@code
 * Sec-Fetch-Site}, which a page cannot forge. Clients other than browsers send neither.
 */
final class TrustedOrigins {

    private final Set<String> configured;

    /** @param configured such as {@code https://tracker.example.com} */
    TrustedOrigins(List<String> configured) {
        this.configured =
                configured.stream().map(TrustedOrigins::requireOrigin).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a page of another origin requests a change. */
    boolean isForeign(HttpServletRequest request) {
        if (isSafe(request.getMethod())) {
            return false;
        }
        String origin = origin(request);
        if (origin != null && configured.contains(origin)) {
            return false;
        }
        return (origin != null && !origin.equals(own(request)))
                || "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"));
    }

    private static boolean isSafe(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    /** The value of {@code Origin}, null if absent. Several values count as an untrusted origin. */
    private static @Nullable String origin(HttpServletRequest request) {
        Enumeration<String> origins = request.getHeaders("Origin");
        if (!origins.hasMoreElements()) {
            return null;
        }
        String origin = origins.nextElement().toLowerCase(Locale.ROOT);
        return origins.hasMoreElements() ? "" : origin;
    }

    private static String own(HttpServletRequest request) {
        String scheme = request.getScheme();
        int port = request.getServerPort();
        boolean isDefault = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + request.getServerName().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + port);
    }

    private static String requireOrigin(String configured) {
        String origin = configured.strip().toLowerCase(Locale.ROOT);
        int host = origin.indexOf("://") + 3;
        if (host < 4 || origin.length() == host || origin.indexOf('/', host) >= 0) {
            throw new IllegalArgumentException(
                    "recount.web.origins takes origins such as https://tracker.example.com, not '" + configured + "'");
        }
        return origin;
    }
}
