package dev.recount.query.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an entry tells, in the fields of the contract. */
sealed interface TimelineDetails {

    /** {@code labels} only where the issue had some from the beginning. */
    record Created(
            String title,
            IssueStatus status,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels) implements TimelineDetails {

        public Created {
            labels = labels == null ? List.of() : List.copyOf(labels);
        }
    }

    record StatusChange(IssueStatus status, IssueStatus from) implements TimelineDetails {}

    /** {@code author} is the username at that time. */
    record Comment(String author, String body) implements TimelineDetails {}

    record LabelUpdate(List<String> labels, List<String> added, List<String> removed) implements TimelineDetails {}

    record Assignment(@Nullable Long assignee, @Nullable Long from) implements TimelineDetails {}

    record TitleChange(String title, String from) implements TimelineDetails {}

    /** Without the text, which can be long and is in the issue. */
    record DescriptionChange() implements TimelineDetails {}

    /** Empty where nothing changed that a reader sees. */
    static Optional<TimelineDetails> of(IssueEvent event) {
        return switch (event) {
            case IssueCreated created ->
                Optional.of(new Created(created.title(), created.status(), names(created.labels())));
            case IssueRetitled retitled -> Optional.of(new TitleChange(retitled.to(), retitled.from()));
            case IssueDescriptionChanged _ -> Optional.of(new DescriptionChange());
            case IssueStatusChanged changed -> Optional.of(new StatusChange(changed.to(), changed.from()));
            case IssueAssigned assigned -> Optional.of(new Assignment(assigned.to(), assigned.from()));
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
