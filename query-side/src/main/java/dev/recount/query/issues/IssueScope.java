package dev.recount.query.issues;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the stored counts: one for each combination of the list's filters.
 *
 * <p>The priority {@code none} has no scopes, so that issues without a priority cost no further counts. Its count is that
 * of all priorities less the other ones.
 */
final class IssueScope {

    private static final String ALL = "all";

    private IssueScope() {}

    /** The scope of a list with these filters; that of all priorities if the filter is the priority {@code none}. */
    static String of(IssueFilter filter) {
        return name(filter, filter.priority().orElse(IssuePriority.NONE));
    }

    /** The scopes of a list with these filters, but with each priority except {@code none}. */
    static List<String> ofEachPriority(IssueFilter filter) {
        return EnumSet.complementOf(EnumSet.of(IssuePriority.NONE)).stream()
                .map(priority -> name(filter, priority))
                .toList();
    }

    /** All scopes that an issue counts in. */
    static List<String> allOf(IssueState issue) {
        var scopes = new ArrayList<String>();
        for (var priority : EnumSet.of(IssuePriority.NONE, issue.priority())) {
            scopes.add(name(null, null, priority));
            scopes.add(name(issue.status(), null, priority));
            if (issue.assignee() != null) {
                scopes.add(name(null, issue.assignee(), priority));
                scopes.add(name(issue.status(), issue.assignee(), priority));
            }
        }
        return scopes;
    }

    private static String name(IssueFilter filter, IssuePriority priority) {
        var assignee = filter.assignee();
        return name(filter.status().orElse(null), assignee.isPresent() ? assignee.getAsLong() : null, priority);
    }

    private static String name(@Nullable IssueStatus status, @Nullable Long assignee, IssuePriority priority) {
        var filters = new ArrayList<String>();
        if (status != null) {
            filters.add("status:" + status.wireName());
        }
        if (assignee != null) {
            filters.add("assignee:" + assignee);
        }
        if (priority != IssuePriority.NONE) {
            filters.add("priority:" + priority.wireName());
        }
        return filters.isEmpty() ? ALL : String.join(",", filters);
    }
}
