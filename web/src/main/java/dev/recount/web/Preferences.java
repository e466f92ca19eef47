package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code Prefer} header of a request (RFC 7240). */
public final class Preferences {

    /** The response header with the preferences that were applied. */
    public static final String APPLIED = "Preference-Applied";

    static final String STRICT = "handling=strict";

    private static final String HEADER = "Prefer";

    private Preferences() {}

    /** Whether the client wants superfluous input refused rather than ignored. */
    static boolean isStrict(HttpServletRequest request) {
        return value(request, "handling").filter("strict"::equalsIgnoreCase).isPresent();
    }

    /** The value of a preference, an empty text if it has none. If it occurs twice, the first counts. */
    public static Optional<String> value(HttpServletRequest request, String name) {
        Enumeration<String> lines = request.getHeaders(HEADER);
        if (!lines.hasMoreElements()) {
            return Optional.empty();
        }
        return Collections.list(lines).stream()
                .flatMap(line -> split(line, ',').stream())
                .map(preference -> split(preference, ';').getFirst())
                .filter(preference -> name(preference).equalsIgnoreCase(name))
                .map(Preferences::valueOf)
                .findFirst();
    }

    private static String name(String preference) {
        int equals = preference.indexOf('=');
        return (equals < 0 ? preference : preference.substring(0, equals)).strip();
    }

    private static String valueOf(String preference) {
        int equals = preference.indexOf('=');
        String value = equals < 0 ? "" : preference.substring(equals + 1).strip();
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** Splits a list, except at separators within quotes (RFC 9110, section 5.6). */
    private static List<String> split(String list, char separator) {
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int at = 0; at < list.length(); at++) {
            char c = list.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                at++;
            } else if (c == separator && !quoted) {
                elements.add(list.substring(start, at));
                start = at + 1;
            }
        }
        elements.add(list.substring(start));
        return elements;
    }
}
