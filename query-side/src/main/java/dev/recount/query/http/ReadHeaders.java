package dev.recount.query.http;

import dev.recount.query.projection.ReadTerms;
import dev.recount.web.LogPositions;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The headers by which a client says how much a read must see. */
final class ReadHeaders {

    static final String MIN_EVENT_POSITION = "Min-Event-Position";
    static final String PREFER = "Prefer";
    static final String PREFERENCE_APPLIED = "Preference-Applied";
    static final String STALE_OK = "stale-ok";

    private ReadHeaders() {}

    static ReadTerms termsOf(HttpServletRequest request, LogPositions log) {
        var positions = Collections.list(request.getHeaders(MIN_EVENT_POSITION));
        var preferences = Collections.list(request.getHeaders(PREFER));
        return positions.isEmpty() && preferences.isEmpty()
                ? ReadTerms.CURRENT
                : new ReadTerms(preferences.stream().anyMatch(ReadHeaders::asksForStaleOk), positionOf(positions, log));
    }

    private static long positionOf(List<String> positions, LogPositions log) {
        if (positions.isEmpty()) {
            return 0;
        }
        var position = log.parse(MIN_EVENT_POSITION, positions.getFirst());
        if (positions.size() > 1 || position.isEmpty()) {
            throw ProblemType.invalid(Map.of(MIN_EVENT_POSITION, List.of("must be one position of the log")))
                    .exception();
        }
        return position.getAsLong();
    }

    private static boolean asksForStaleOk(String preferences) {
        return elementsOf(preferences).stream()
                .anyMatch(preference -> nameOf(preference).equalsIgnoreCase(STALE_OK));
    }

    /** A comma within quotes separates nothing (RFC 9110, section 5.6). */
    private static List<String> elementsOf(String list) {
        var elements = new ArrayList<String>();
        var quoted = false;
        var start = 0;
        for (var at = 0; at < list.length(); at++) {
            switch (list.charAt(at)) {
                case '"' -> quoted = !quoted;
                case '\\' -> at += quoted ? 1 : 0;
                case ',' -> {
                    if (!quoted) {
                        elements.add(list.substring(start, at));
                        start = at + 1;
                    }
                }
                default -> {}
            }
        }
        elements.add(list.substring(start));
        return elements;
    }

    /** A preference may have a value and parameters (RFC 7240, section 2). */
    private static String nameOf(String preference) {
        var end = 0;
        while (end < preference.length() && "=;".indexOf(preference.charAt(end)) < 0) {
            end++;
        }
        return preference.substring(0, end).strip();
    }
}
