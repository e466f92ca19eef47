package dev.recount.command.issue.axon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.command.issue.IssueState;
import dev.recount.events.Label;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the issues used last, bounded by the characters they hold.
 *
 * <p>An issue is taken out while a command is at work on it, and put back when the command's events are in the log.
 * So whatever goes wrong in between, by exception, error or interrupt, no state stays here that the log does not have.
 * It may be older than the log, though: another node may have written since.
 */
final class AggregateCache {

    /** What an issue takes besides its texts, roughly. */
    private static final int FIXED_WEIGHT = 600;

    private static final int LABEL_WEIGHT = 100;

    private final Cache<String, EventSourcedAggregate<IssueAggregate>> issues;

    AggregateCache(long maximumWeight) {
        this.issues = Caffeine.newBuilder()
                .maximumWeight(maximumWeight)
                .weigher((String stream, EventSourcedAggregate<IssueAggregate> issue) -> weight(issue))
                // What a command leaves to do is less than it costs to have another thread do it.
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    EventSourcedAggregate<IssueAggregate> take(String stream) {
        return issues.asMap().remove(stream);
    }

    boolean holds(String stream) {
        return issues.asMap().containsKey(stream);
    }

    void put(String stream, EventSourcedAggregate<IssueAggregate> issue) {
        issues.put(stream, issue);
    }

    /** Forgets all of them. */
    void clear() {
        issues.invalidateAll();
    }

    /** Finishes what the cache has put off. */
    void settle() {
        issues.cleanUp();
    }

    private static int weight(EventSourcedAggregate<IssueAggregate> issue) {
        IssueState state = issue.getAggregateRoot().state();
        if (state == null) {
            return FIXED_WEIGHT;
        }
        int labels = 0;
        for (Label label : state.labels()) {
            labels += LABEL_WEIGHT + label.name().length();
        }
        return FIXED_WEIGHT + state.title().length() + state.description().length() + labels;
    }
}
