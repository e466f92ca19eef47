package dev.recount.command.issue.web;

import dev.recount.command.issue.IssueRules;
import dev.recount.command.user.UserDirectory;
import dev.recount.events.IssueStatus;
import dev.recount.web.Choice;
import dev.recount.web.JsonFields;
import dev.recount.web.TextRule;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How an issue's own fields are read from a body. */
@Component
final class IssueFields {

    static final TextRule TITLE = TextRule.ANY.trimmed().notBlank().atMost(IssueRules.LONGEST_TITLE);
    static final TextRule DESCRIPTION = TextRule.ANY;
    static final Choice<IssueStatus> STATUS = Choice.of(IssueStatus.values(), IssueStatus::wireName);

    private final UserDirectory users;

    IssueFields(UserDirectory users) {
        this.users = users;
    }

    /** Null where the field is absent, null or bad. */
    @Nullable
    Long assignee(JsonFields fields) {
        OptionalLong assignee = fields.nullableInteger("assignee");
        if (assignee.isEmpty()) {
            return null;
        }
        IssueRules.problemOfAssignee(assignee.getAsLong(), users::exists)
                .ifPresent(problem -> fields.reject("assignee", problem));
        return assignee.getAsLong();
    }
}
