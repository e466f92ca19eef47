package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;

/** The packing of a request's body, from its {@code Content-Encoding} (RFC 9110, section 8.4). */
enum ContentCoding {
    NONE,
    GZIP,
    /** An unsupported coding, or more than one. */
    OTHER;

    static final String HEADER = "Content-Encoding";

    static ContentCoding of(HttpServletRequest request) {
        if (request.getHeader(HEADER) == null) {
            return NONE;
        }
        ContentCoding found = NONE;
        for (String line : Collections.list(request.getHeaders(HEADER))) {
            for (String name : line.split(",", -1)) {
                ContentCoding next = ofName(name.strip().toLowerCase(Locale.ROOT));
                if (next != NONE) {
                    found = found == NONE ? next : OTHER;
                }
            }
        }
        return found;
    }

    private static ContentCoding ofName(String name) {
        return switch (name) {
            case "", "identity" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            default -> OTHER;
        };
    }
}
