package dev.recount.query.issues;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The filters of a list of issues; an empty one admits every issue. */
record IssueFilter(Optional<IssueStatus> status, OptionalLong assignee, Optional<IssuePriority> priority) {

    static final IssueFilter NONE = new IssueFilter(Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** The values that are asked for, by column. */
    Map<String, Object> byColumn() {
        var values = new LinkedHashMap<String, Object>();
        status.ifPresent(value -> values.put("status", value.wireName()));
        assignee.ifPresent(value -> values.put("assignee", value));
        priority.ifPresent(value -> values.put("priority", value.wireName()));
        return values;
    }
}
