package dev.recount.query.reports;

import dev.recount.events.IssuePriority;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The stored names of scopes: all issues, and those of each assignee, label and priority but {@code none}. */
final class Scope {

    static final String ALL = "all";

    private static final String ASSIGNEE = "assignee:";

    private Scope() {}

    static String ofAssignee(long user) {
        return ASSIGNEE + user;
    }

    static String ofLabel(String name) {
        return "label:" + name;
    }

    static String ofPriority(IssuePriority priority) {
        return "priority:" + priority.wireName();
    }

    /** The assignee of a scope; empty for other scopes. */
    static OptionalLong assigneeOf(String scope) {
        return scope.startsWith(ASSIGNEE)
                ? OptionalLong.of(Long.parseLong(scope.substring(ASSIGNEE.length())))
                : OptionalLong.empty();
    }

    /** Every scope that an issue counts in. */
    static List<String> allOf(IssueFacts issue) {
        var scopes = new ArrayList<String>(3 + issue.labels().size());
        scopes.add(ALL);
        if (issue.assignee() != null) {
            scopes.add(ofAssignee(issue.assignee()));
        }
        scopes.addAll(classifying(issue));
        return scopes;
    }

    /** The scopes of what is mostly found out after the creation of an issue: of its labels and its priority. */
    static List<String> classifying(IssueFacts issue) {
        var scopes = new ArrayList<String>(1 + issue.labels().size());
        issue.labels().forEach(label -> scopes.add(ofLabel(label)));
        if (issue.priority() != IssuePriority.NONE) {
            scopes.add(ofPriority(issue.priority()));
        }
        return scopes;
    }
}
