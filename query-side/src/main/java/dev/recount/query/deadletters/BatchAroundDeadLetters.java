package dev.recount.query.deadletters;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a batch except for the events that the projection cannot apply. Those are parked, together with the later
 * events of their streams, while all other streams go on.
 */
public final class BatchAroundDeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(BatchAroundDeadLetters.class);

    /** A projection that refuses more events is itself broken. It stops before it parks the whole history. */
    static final int MOST_REFUSALS = 100;

    private final Connection connection;
    private final Projection projection;
    private final Set<String> parked = new HashSet<>();

    private BatchAroundDeadLetters(Connection connection, Projection projection) {
        this.connection = connection;
        this.projection = projection;
    }

    /**
     * Applies all events that can be applied, in the open transaction of the connection.
     *
     * @throws IllegalStateException if the projection refuses too many events
     */
    public static void apply(Connection connection, Projection projection, List<LoggedEvent> batch)
            throws SQLException {
        var sparing = new BatchAroundDeadLetters(connection, projection);
        var streams = batch.stream().map(LoggedEvent::stream).collect(Collectors.toSet());
        sparing.parked.addAll(DeadLetterRows.parkedStreams(connection, projection.name(), streams));
        sparing.apply(batch);
    }

    private void apply(List<LoggedEvent> events) throws SQLException {
        var free = new ArrayList<LoggedEvent>();
        var waiting = new ArrayList<LoggedEvent>();
        events.forEach(event -> (parked.contains(event.stream()) ? waiting : free).add(event));
        if (!waiting.isEmpty()) {
            DeadLetterRows.park(connection, projection.name(), waiting, null);
        }
        if (free.isEmpty()) {
            return;
        }
        var refusal = SavepointAttempt.apply(projection, free, connection);
        if (refusal.isEmpty()) {
            return;
        }
        if (free.size() == 1) {
            park(free.getFirst(), refusal.get());
        } else {
            var middle = free.size() / 2;
            apply(free.subList(0, middle));
            apply(free.subList(middle, free.size()));
        }
    }

    private void park(LoggedEvent event, Exception refusal) throws SQLException {
        if (DeadLetterRows.countPoison(connection, projection.name()) >= MOST_REFUSALS) {
            throw new TooManyDeadLettersException(projection.name(), refusal);
        }
        LOG.error(
                "{} cannot apply the event at position {}; {} waits, all other streams go on",
                projection.name(),
                event.position(),
                event.stream(),
                refusal);
        DeadLetterRows.waitForDisk(connection);
        DeadLetterRows.park(connection, projection.name(), List.of(event), EventFaults.causeOf(refusal));
        parked.add(event.stream());
    }
}
