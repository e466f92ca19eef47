package dev.recount.command.issue.axon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.command.issue.IssueState;
import dev.recount.events.Label;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Caches the most recently used issues, bounded by the characters they hold.
 *
 * <p>A command removes its issue from the cache while it runs. The issue returns when the command's events are in the
 * log. So the cache never holds a state that is not in the log, whatever exception, error or interrupt occurs. It may
 * be older than the log, because another node may have written since.
 */
final class AggregateCache {

    /** The approximate weight of an issue besides its texts. */
    private static final int FIXED_WEIGHT = 600;

    private static final int LABEL_WEIGHT = 100;

    private final Cache<String, EventSourcedAggregate<IssueAggregate>> issues;

    AggregateCache(long maximumWeight) {
        this.issues = Caffeine.newBuilder()
                .maximumWeight(maximumWeight)
                .weigher((String stream, EventSourcedAggregate<IssueAggregate> issue) -> weight(issue))
                // The remaining maintenance costs less than handing it to another thread.
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

    /** Removes all issues. */
    void clear() {
        issues.invalidateAll();
    }

    /** Runs the cache's deferred maintenance. */
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
