package dev.recount.events;

import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.BulkChangeEvent.BulkChangeUndone;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportCompleted;
import dev.recount.events.ImportEvent.ImportInterrupted;
import dev.recount.events.ImportEvent.ImportUndone;
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
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stored names of all events, with their current revisions.
 *
 * <p>A stored name never changes, because the log is never rewritten. The class behind it can be renamed freely.
 */
public enum EventType {
    ISSUE_CREATED("IssueCreated", 3, 1, IssueCreated.class),
    ISSUE_RETITLED("IssueRetitled", 1, IssueRetitled.class),
    ISSUE_DESCRIPTION_CHANGED("IssueDescriptionChanged", 1, IssueDescriptionChanged.class),
    ISSUE_STATUS_CHANGED("IssueStatusChanged", 1, IssueStatusChanged.class),
    ISSUE_ASSIGNED("IssueAssigned", 1, IssueAssigned.class),
    ISSUE_PRIORITIZED("IssuePrioritized", 1, IssuePrioritized.class),
    ISSUE_TOUCHED("IssueTouched", 1, IssueTouched.class),
    ISSUE_LABELS_REPLACED("IssueLabelsReplaced", 1, IssueLabelsReplaced.class),
    ISSUE_COMMENTED("IssueCommented", 1, IssueCommented.class),
    ISSUE_WITHDRAWN("IssueWithdrawn", 1, IssueWithdrawn.class),
    USER_REGISTERED("UserRegistered", 1, UserRegistered.class),
    USERNAME_CLAIMED("UsernameClaimed", 1, UsernameClaimed.class),
    LABEL_CREATED("LabelCreated", 1, LabelCreated.class),
    IMPORT_ADVANCED("ImportAdvanced", 1, ImportAdvanced.class),
    IMPORT_COMPLETED("ImportCompleted", 1, ImportCompleted.class),
    IMPORT_INTERRUPTED("ImportInterrupted", 1, ImportInterrupted.class),
    IMPORT_UNDONE("ImportUndone", 1, ImportUndone.class),
    BULK_CHANGE_APPLIED("BulkChangeApplied", 2, 1, BulkChangeApplied.class),
    BULK_CHANGE_UNDONE("BulkChangeUndone", 1, BulkChangeUndone.class);

    private static final Map<String, EventType> BY_STORED_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::storedName, Function.identity()));
    private static final Map<Class<?>, EventType> BY_CLASS =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::eventClass, Function.identity()));

    private final String storedName;
    private final int revision;
    private final int readableSince;
    private final Class<? extends RecountEvent> eventClass;

    EventType(String storedName, int revision, Class<? extends RecountEvent> eventClass) {
        this(storedName, revision, revision, eventClass);
    }

    EventType(String storedName, int revision, int readableSince, Class<? extends RecountEvent> eventClass) {
        this.storedName = storedName;
        this.revision = revision;
        this.readableSince = readableSince;
        this.eventClass = eventClass;
    }

    public String storedName() {
        return storedName;
    }

    /** The revision that is written. Older revisions are read through upcasters. */
    public int revision() {
        return revision;
    }

    /**
     * Whether the current class reads JSON of this revision directly, with the same result as through upcasters. This
     * is a fast path for scans of the whole log.
     */
    public boolean readsAsItLies(int storedRevision) {
        return readableSince <= storedRevision && storedRevision <= revision;
    }

    public Class<? extends RecountEvent> eventClass() {
        return eventClass;
    }

    public static Optional<EventType> ofStoredName(String storedName) {
        return Optional.ofNullable(BY_STORED_NAME.get(storedName));
    }

    public static Optional<EventType> ofClass(Class<?> eventClass) {
        return Optional.ofNullable(BY_CLASS.get(eventClass));
    }
}
