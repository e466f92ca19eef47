package dev.recount.query.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The stored names of scopes: all issues, those of each assignee, and those with each label. */
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

    /** The assignee of a scope; empty for other scopes. */
    static OptionalLong assigneeOf(String scope) {
        return scope.startsWith(ASSIGNEE)
                ? OptionalLong.of(Long.parseLong(scope.substring(ASSIGNEE.length())))
                : OptionalLong.empty();
    }

    /** Every scope that an issue counts in. */
    static List<String> allOf(IssueFacts issue) {
        var scopes = new ArrayList<String>(2 + issue.labels().size());
        scopes.add(ALL);
        if (issue.assignee() != null) {
            scopes.add(ofAssignee(issue.assignee()));
        }
        issue.labels().forEach(label -> scopes.add(ofLabel(label)));
        return scopes;
    }
}
