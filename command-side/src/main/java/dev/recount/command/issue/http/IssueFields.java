package dev.recount.command.issue.http;

import dev.recount.command.issue.IssueRules;
import dev.recount.command.users.UserDirectory;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.web.Choice;
import dev.recount.web.JsonFields;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the fields of issues from bodies. */
@Component
public final class IssueFields {

    public static final Choice<IssueStatus> STATUS = Choice.of(IssueStatus.values(), IssueStatus::wireName);
    public static final Choice<IssuePriority> PRIORITY = Choice.of(IssuePriority.values(), IssuePriority::wireName);

    private final UserDirectory users;

    IssueFields(UserDirectory users) {
        this.users = users;
    }

    /** Null if the field is absent, null or invalid. */
    @Nullable
    Long assignee(JsonFields fields) {
        return user(fields, "assignee", fields.nullableInteger("assignee"))
                .map(UserRegistered::userId)
                .orElse(null);
    }

    /** The user that a field names. Empty if it names none, or an unknown user, which adds an error to the fields. */
    Optional<UserRegistered> user(JsonFields fields, String field, OptionalLong userId) {
        if (userId.isEmpty()) {
            return Optional.empty();
        }
        Optional<UserRegistered> user = users.find(userId.getAsLong());
        IssueRules.problemOfUser(userId.getAsLong(), id -> user.isPresent())
                .ifPresent(problem -> fields.reject(field, problem));
        return user;
    }
}
