package dev.recount.query.deadletters;

import dev.recount.eventstore.read.EventLog;
import dev.recount.query.checkpoint.Checkpoints;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists, retries and discards the events that projections could not apply.
 *
 * <p>A retry or a discard blocks the projection until it is done.
 */
public final class DeadLetters {

    private static final int PAGE = 100;

    private final KnownProjections projections;
    private final Transactions transactions;
    private final EventLog log;

    /** The projections of this node. */
    @FunctionalInterface
    public interface KnownProjections {

        /** Fails for a name that none of them has. */
        Projection require(String name);
    }

    /**
     * The result for one stream's letters.
     *
     * @param applied number of events that were applied
     * @param refused the event that is still refused, empty if none is left
     */
    public record Outcome(long applied, Optional<DeadLetter> refused) {}

    public DeadLetters(KnownProjections projections, Transactions transactions, EventLog log) {
        this.projections = projections;
        this.transactions = transactions;
        this.log = log;
    }

    /** The events that the projection refused, in log order; those that wait behind them are only counted. */
    public List<DeadLetter> list(String projection, long afterPosition, int limit) {
        projections.require(projection);
        return transactions.run(connection -> DeadLetterRows.page(connection, projection, afterPosition, limit));
    }

    /** Number of refused events that are neither applied nor discarded yet. */
    public long count(String projection) {
        projections.require(projection);
        return transactions.run(connection -> DeadLetterRows.countPoison(connection, projection));
    }

    /** A letter, refused or waiting; empty if the projection has no such letter. */
    public Optional<DeadLetter> find(String projection, long position) {
        projections.require(projection);
        return transactions.run(connection -> DeadLetterRows.find(connection, projection, position));
    }

    /** The discarded events of the projection, in log order. */
    public List<DiscardedEvent> discarded(String projection, long afterPosition, int limit) {
        projections.require(projection);
        return transactions.run(connection -> DiscardedEventRows.page(connection, projection, afterPosition, limit));
    }

    /** Number of discarded events of the projection. */
    public long countDiscarded(String projection) {
        projections.require(projection);
        return transactions.run(connection -> DiscardedEventRows.count(connection, projection));
    }

    /**
     * Retries the stream of the letter, from its first letter on; empty if there is no such letter.
     *
     * @throws NewerRowsException if only a node with later code may write the projection's rows
     */
    public Optional<Outcome> retry(String projection, long position) {
        var live = projections.require(projection);
        return transactions.run(connection -> {
            hold(connection, live);
            var letter = DeadLetterRows.find(connection, projection, position);
            return letter.isEmpty() ? Optional.empty() : Optional.of(retry(connection, live, letter.get().stream()));
        });
    }

    /**
     * Discards the event permanently, and retries the events that wait behind it; empty if the projection refused no
     * such event. Rebuilds skip the event, too.
     *
     * @param reason why the read model can do without it; stored with the actor and the time
     * @throws NewerRowsException as {@link #retry}
     */
    public Optional<Outcome> discard(String projection, long position, String reason, @Nullable Long actor) {
        var live = projections.require(projection);
        return transactions.run(connection -> {
            hold(connection, live);
            var letter = DeadLetterRows.find(connection, projection, position).filter(found -> found.cause() != null);
            if (letter.isEmpty()) {
                return Optional.empty();
            }
            DiscardedEventRows.insert(connection, letter.get(), reason, actor);
            DeadLetterRows.delete(connection, projection, List.of(position));
            return Optional.of(retry(connection, live, letter.get().stream()));
        });
    }

    /**
     * Retries the streams of all letters, each in its own transaction. Returns one outcome for each stream that still
     * had letters.
     *
     * @throws NewerRowsException as {@link #retry}
     */
    public List<Outcome> retryAll(String projection) {
        // All positions are read first. If a retry stops at another event of its stream, that event is not retried
        // again now.
        return positions(projection).stream()
                .flatMap(position -> retry(projection, position).stream())
                .toList();
    }

    private List<Long> positions(String projection) {
        return Stream.iterate(
                        list(projection, 0, PAGE),
                        page -> !page.isEmpty(),
                        page -> list(projection, page.getLast().position(), PAGE))
                .flatMap(List::stream)
                .map(DeadLetter::position)
                .toList();
    }

    /** Locks the projection, and requires that this node's code can write its rows. */
    private static void hold(Connection connection, Projection projection) throws SQLException {
        Checkpoints.hold(connection, projection.name());
        var stored = Checkpoints.storedVersion(connection, projection.name());
        if (stored > projection.version()) {
            throw new NewerRowsException(projection.name(), stored, projection.version());
        }
    }

    private Outcome retry(Connection connection, Projection projection, String stream) throws SQLException {
        var events = lettersOf(connection, projection.name(), stream);
        if (events.isEmpty()) {
            return new Outcome(0, Optional.empty());
        }
        Checkpoints.revise(connection, projection.name());
        if (SavepointAttempt.apply(projection, events, connection).isEmpty()) {
            delete(connection, projection, events);
            return new Outcome(events.size(), Optional.empty());
        }
        for (var next = 0; next < events.size(); next++) {
            var event = events.get(next);
            var refusal = SavepointAttempt.apply(projection, List.of(event), connection);
            if (refusal.isPresent()) {
                DeadLetterRows.refuseAgain(
                        connection, projection.name(), event.position(), EventFaults.causeOf(refusal.get()));
                delete(connection, projection, events.subList(0, next));
                return new Outcome(next, DeadLetterRows.find(connection, projection.name(), event.position()));
            }
        }
        // Refused together but not one by one: what counts is that all are applied.
        delete(connection, projection, events);
        return new Outcome(events.size(), Optional.empty());
    }

    private List<LoggedEvent> lettersOf(Connection connection, String projection, String stream) throws SQLException {
        var positions = DeadLetterRows.positionsOf(connection, projection, stream);
        if (positions.isEmpty()) {
            return List.of();
        }
        var first = DeadLetterRows.find(connection, projection, positions.getFirst())
                .orElseThrow()
                .sequence();
        var wanted = new HashSet<>(positions);
        return log.readStream(stream, first).stream()
                .map(LoggedEvent::of)
                .filter(event -> wanted.contains(event.position()))
                .toList();
    }

    private static void delete(Connection connection, Projection projection, List<LoggedEvent> events)
            throws SQLException {
        DeadLetterRows.delete(
                connection,
                projection.name(),
                events.stream().map(LoggedEvent::position).toList());
    }
}
