package dev.recount.query.responses;

import dev.recount.query.consistency.ReadConsistency;
import dev.recount.web.LogPositions;
import dev.recount.web.Preferences;
import dev.recount.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The request headers that set how much a read must see. */
final class ReadHeaders {

    static final String MIN_EVENT_POSITION = "Min-Event-Position";
    static final String STALE_OK = "stale-ok";

    private ReadHeaders() {}

    static ReadConsistency termsOf(HttpServletRequest request, LogPositions log) {
        var positions = Collections.list(request.getHeaders(MIN_EVENT_POSITION));
        var staleOk = Preferences.value(request, STALE_OK).isPresent();
        return positions.isEmpty() && !staleOk
                ? ReadConsistency.CURRENT
                : new ReadConsistency(staleOk, positionOf(positions, log));
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
}
