package dev.recount.query.timeline;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.query.projection.LoggedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The entries that a batch adds, and the progress of each issue. */
final class FoldedTimeline {

    private final Map<Long, Progress> before;
    private final Map<Long, Progress> after = new TreeMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Long> withdrawn = new HashSet<>();

    /** The version and sequence that the timeline of an issue has reached. */
    record Progress(long issueId, long version, long sequence) {}

    /** An entry to be written. */
    record Entry(LoggedEvent logged, long issueId, long version, TimelineDetails details) {}

    FoldedTimeline(Map<Long, Progress> before) {
        this.before = new HashMap<>(before);
    }

    /** Applies an event. An event that is already in the tables changes nothing, so a replay is harmless. */
    void fold(LoggedEvent logged, IssueEvent event) {
        var issueId = event.issueId();
        var present = after.getOrDefault(issueId, before.get(issueId));
        var last = present == null ? -1 : present.sequence();
        if (logged.sequence() <= last) {
            return;
        }
        var version = versionAfter(present, event);
        if (event instanceof IssueWithdrawn) {
            after.remove(issueId);
            withdrawn.add(issueId);
            return;
        }
        after.put(issueId, new Progress(issueId, version, logged.sequence()));
        TimelineDetails.of(event).ifPresent(details -> entries.add(new Entry(logged, issueId, version, details)));
    }

    private static long versionAfter(@Nullable Progress present, IssueEvent event) {
        if (present == null && !(event instanceof IssueCreated)) {
            throw new IllegalStateException("issue %d has events but was never created".formatted(event.issueId()));
        }
        var version = event.leadsTo();
        return version == null ? Objects.requireNonNull(present).version() : version;
    }

    Collection<Progress> progress() {
        return after.values();
    }

    /** The issues whose rows are deleted. */
    Collection<Long> withdrawn() {
        return withdrawn;
    }

    /** The entries in log order. */
    List<Entry> entries() {
        return entries.stream()
                .filter(entry -> !withdrawn.contains(entry.issueId()))
                .toList();
    }
}
