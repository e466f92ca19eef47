package dev.recount.command.issue;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import org.jspecify.annotations.Nullable;

/** The fields of an issue that edits change and that a revert can restore. */
public enum IssueField {
    TITLE("title", IssueRetitled.class),
    DESCRIPTION("description", IssueDescriptionChanged.class),
    STATUS("status", IssueStatusChanged.class),
    ASSIGNEE("assignee", IssueAssigned.class),
    PRIORITY("priority", IssuePrioritized.class);

    private final String wireName;
    private final Class<? extends IssueEvent> change;

    IssueField(String wireName, Class<? extends IssueEvent> change) {
        this.wireName = wireName;
        this.change = change;
    }

    public String wireName() {
        return wireName;
    }

    public boolean isChangedBy(IssueEvent event) {
        return change.isInstance(event);
    }

    @Nullable
    public Object in(IssueState state) {
        return switch (this) {
            case TITLE -> state.title();
            case DESCRIPTION -> state.description();
            case STATUS -> state.status();
            case ASSIGNEE -> state.assignee();
            case PRIORITY -> state.priority();
        };
    }
}
