package dev.recount.query.issues;

import dev.recount.events.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two states of an issue, as JSON.
 *
 * @param fields fields with different values, by name
 * @param comments comments added in between, oldest first
 */
record IssueDiff(
        long id, Side from, Side to, Map<String, Change> fields, LabelChange labels, List<IssuePage.Comment> comments) {

    /** A state: the version of the issue, and the position as of which it was read. */
    record Side(long version, long position) {

        static Side of(PastState state) {
            return new Side(state.issue().version(), state.position());
        }
    }

    /** The two values of a field. */
    record Change(@Nullable Object from, @Nullable Object to) {}

    /** The labels added and removed, sorted by name. */
    record LabelChange(List<Label> added, List<Label> removed) {}

    static IssueDiff of(PastState from, PastState to, List<IssuePage.Comment> comments) {
        var fields = new LinkedHashMap<String, Change>();
        compare("title", IssueBody::title, from, to, fields);
        compare("description", IssueBody::description, from, to, fields);
        compare("status", IssueBody::status, from, to, fields);
        compare("assignee", IssueBody::assignee, from, to, fields);
        compare("priority", IssueBody::priority, from, to, fields);
        var labels = new LabelChange(without(to.labels(), from.labels()), without(from.labels(), to.labels()));
        return new IssueDiff(from.issue().id(), Side.of(from), Side.of(to), fields, labels, comments);
    }

    private static void compare(
            String name,
            Function<IssueBody, @Nullable Object> field,
            PastState from,
            PastState to,
            Map<String, Change> fields) {
        var change = new Change(field.apply(from.issue()), field.apply(to.issue()));
        if (!Objects.equals(change.from(), change.to())) {
            fields.put(name, change);
        }
    }

    private static List<Label> without(List<Label> labels, List<Label> others) {
        return labels.stream().filter(label -> !others.contains(label)).toList();
    }
}
