package dev.recount.query.http;

import dev.recount.query.projection.ReadTerms;
import dev.recount.web.Preferences;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The headers by which a client says how much a read must see. */
final class ReadHeaders {

    static final String MIN_EVENT_POSITION = "Min-Event-Position";
    static final String STALE_OK = "stale-ok";

    /** Nineteen digits may be more than a long holds. */
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private ReadHeaders() {}

    static ReadTerms termsOf(HttpServletRequest request) {
        var positions = Collections.list(request.getHeaders(MIN_EVENT_POSITION));
        var staleOk = Preferences.value(request, STALE_OK).isPresent();
        return positions.isEmpty() && !staleOk ? ReadTerms.CURRENT : new ReadTerms(staleOk, positionOf(positions));
    }

    private static long positionOf(List<String> positions) {
        if (positions.isEmpty()) {
            return 0;
        }
        if (positions.size() > 1 || !POSITION.matcher(positions.getFirst()).matches()) {
            throw ProblemType.invalid(Map.of(MIN_EVENT_POSITION, List.of("must be one non-negative integer")))
                    .exception();
        }
        return Long.parseLong(positions.getFirst());
    }
}
