package dev.recount.eventstore.append;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.UnknownOutcomeException;
import java.util.List;

/**
 * Appends what was recorded elsewhere or earlier, just as it was recorded: nothing is upcast and nothing is made anew.
 *
 * <p>The events are in the tree as all others are. Whether they make sense to the readers of this log is not asked.
 */
public final class LogRestoration {

    private final GroupCommitAppender appender;

    public LogRestoration(GroupCommitAppender appender) {
        this.appender = appender;
    }

    /**
     * Appends all of the events or none, and returns the position before the first.
     *
     * @throws org.axonframework.modelling.command.ConcurrencyException when one of their places is taken
     * @throws LogUnavailableException when the database cannot be reached; nothing was written then
     * @throws UnknownOutcomeException when that is not certain
     */
    public long append(List<RestoredEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append");
        }
        return appender.append(
                new Append(List.of(), events.stream().map(RestoredEvent::stored).toList()));
    }
}
