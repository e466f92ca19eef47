package dev.recount.query.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The details of an entry, in the fields of the API contract. */
sealed interface TimelineDetails {

    /** {@code labels} and {@code priority} only if the issue was created with labels or a priority. */
    record Created(
            String title,
            IssueStatus status,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            IssuePriority priority)
            implements TimelineDetails {

        public Created {
            labels = labels == null ? List.of() : List.copyOf(labels);
            priority = priority == IssuePriority.NONE ? null : priority;
        }
    }

    record StatusChange(IssueStatus status, IssueStatus from) implements TimelineDetails {}

    /** {@code author} is the username at that time. */
    record Comment(String author, String body) implements TimelineDetails {}

    record LabelUpdate(List<String> labels, List<String> added, List<String> removed) implements TimelineDetails {}

    record Assignment(@Nullable Long assignee, @Nullable Long from) implements TimelineDetails {}

    record PriorityChange(IssuePriority priority, IssuePriority from) implements TimelineDetails {}

    record TitleChange(String title, String from) implements TimelineDetails {}

    /** The text is omitted: it can be long, and the issue has it. */
    record DescriptionChange() implements TimelineDetails {}

    /** The details for an event; empty if it changed nothing that a client can see. */
    static Optional<TimelineDetails> of(IssueEvent event) {
        return switch (event) {
            case IssueCreated created ->
                Optional.of(
                        new Created(created.title(), created.status(), names(created.labels()), created.priority()));
            case IssueRetitled retitled -> Optional.of(new TitleChange(retitled.to(), retitled.from()));
            case IssueDescriptionChanged _ -> Optional.of(new DescriptionChange());
            case IssueStatusChanged changed -> Optional.of(new StatusChange(changed.to(), changed.from()));
            case IssueAssigned assigned -> Optional.of(new Assignment(assigned.to(), assigned.from()));
            case IssuePrioritized prioritized -> Optional.of(new PriorityChange(prioritized.to(), prioritized.from()));
            case IssueTouched _, IssueWithdrawn _ -> Optional.empty();
            case IssueLabelsReplaced replaced ->
                Optional.of(
                        new LabelUpdate(names(replaced.labels()), names(replaced.added()), names(replaced.removed())));
            case IssueCommented commented -> Optional.of(new Comment(commented.username(), commented.body()));
        };
    }

    private static List<String> names(List<Label> labels) {
        return labels.stream().map(Label::name).toList();
    }
}
