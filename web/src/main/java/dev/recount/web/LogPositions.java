package dev.recount.web;

import dev.recount.eventstore.read.LogIdentity;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats and parses log positions, stream ids and entity tags of clients. Each contains the identity of the log, as in
 * {@code 42@5f3c9d0a1b2e}, so that positions from before a restore are detected.
 *
 * <p>A bare number is accepted as a position of the current log.
 */
public final class LogPositions {

    private static final Pattern POSITION = Pattern.compile("0*([0-9]{1,19})(?:@([0-9a-f]{12}))?");

    private final LogIdentity identity;

    LogPositions(LogIdentity identity) {
        this.identity = identity;
    }

    /** The digits of the log's identity that positions contain. */
    public String log() {
        return identity.token();
    }

    /** Formats a position, or a place in a stream, for clients. */
    public String text(long position) {
        return position + "@" + identity.token();
    }

    /** A strong, quoted entity tag of a state of the log. */
    public String tag(String state) {
        return '"' + state + '@' + identity.token() + '"';
    }

    /**
     * Parses a position, empty if the text is not one.
     *
     * @param source the parameter or header with the text
     * @throws ProblemException 400 {@code other-log} for a position of another log
     */
    public OptionalLong parse(String source, String text) {
        Matcher position = POSITION.matcher(text);
        if (!position.matches()) {
            return OptionalLong.empty();
        }
        String log = position.group(2);
        if (log != null && !log.equals(identity.token())) {
            throw otherLog(source, text).exception();
        }
        long value = Long.parseUnsignedLong(position.group(1));
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The position in a query parameter, empty if absent or bad. A bad position adds an error. */
    public OptionalLong optional(String name, QueryParameters query) {
        return query.optionalText(name)
                .map(text -> {
                    OptionalLong position = parse(name, text);
                    if (position.isEmpty()) {
                        query.reject(name, "must be zero or a positive integer, as the log gave it");
                    }
                    return position;
                })
                .orElse(OptionalLong.empty());
    }

    /**
     * Refuses a position beyond the end of the log.
     *
     * @param head queries the database, since another node may have appended events unknown to this one
     * @throws ProblemException 400 {@code position-beyond-log}
     */
    public void requireReached(String source, long position, LongSupplier head) {
        if (position > 0) {
            long last = head.getAsLong();
            if (position > last) {
                throw beyond(source, position, last).exception();
            }
        }
    }

    /** The problem for a position after the last one. */
    public static Problem beyond(String source, long position, long last) {
        return ProblemType.POSITION_BEYOND_LOG
                .problem("There is no position %d: the log ends at %d.".formatted(position, last))
                .withErrors(Map.of(source, List.of("must not be greater than " + last)))
                .with("head", last);
    }

    /** The problem for a position of another log, or of this one before it was restored. */
    public Problem otherLog(String source, String text) {
        return ProblemType.OTHER_LOG
                .problem(
                        "%s is of another log, or of this one before it was restored. Start anew from 0, or compare what you"
                                        .formatted(text)
                                + " have with the log, whose positions end in @%s.".formatted(identity.token()))
                .withErrors(Map.of(source, List.of("must be of the log " + identity.token())))
                .with("log", identity.token());
    }
}
