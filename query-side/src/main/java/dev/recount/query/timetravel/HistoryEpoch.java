package dev.recount.query.timetravel;

import dev.recount.web.LogPositions;

/**
 * The epoch on which a response about the past depends besides its moment. It changes whenever rows change other than
 * by applying further events.
 *
 * @param text differs after each such change; empty before the first
 * @param settled whether no refused event up to the moment is left that could be retried or discarded
 */
public record HistoryEpoch(String text, boolean settled) {

    /** A strong entity tag, quoted, of a state of the log under this epoch. */
    public String tag(String state, LogPositions positions) {
        return positions.tag(text.isEmpty() ? state : state + '-' + text);
    }
}
