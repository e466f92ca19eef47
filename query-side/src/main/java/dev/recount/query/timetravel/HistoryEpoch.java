package dev.recount.query.timetravel;

import dev.recount.web.LogPositions;

/**
 * What an answer about the past depends on besides its moment: how often its rows were changed otherwise than by going on in
 * the log.
 *
 * @param text another one after each such change, and empty before the first
 * @param settled whether no event up to the moment is left that somebody may retry or discard
 */
public record HistoryEpoch(String text, boolean settled) {

    /** A strong entity tag, quoted, of a state of the log that is shown under this edition. */
    public String tag(String state, LogPositions positions) {
        return positions.tag(text.isEmpty() ? state : state + '-' + text);
    }
}
