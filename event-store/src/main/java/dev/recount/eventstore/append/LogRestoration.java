package dev.recount.eventstore.append;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.UnknownOutcomeException;
import java.util.List;

/**
 * Appends events that were recorded elsewhere or earlier, exactly as recorded and without upcasting.
 *
 * <p>The events become leaves of the tree like all others. Whether readers of this log can use them is not checked.
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
     * @throws LogUnavailableException when the database is unreachable; nothing was written
     * @throws UnknownOutcomeException when it is unknown whether the events were written
     */
    public long append(List<RestoredEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to append");
        }
        return appender.append(
                new Append(List.of(), events.stream().map(RestoredEvent::stored).toList()));
    }
}
