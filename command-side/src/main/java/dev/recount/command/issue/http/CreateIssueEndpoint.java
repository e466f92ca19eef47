package dev.recount.command.issue.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueRules;
import dev.recount.command.issue.IssueState;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonFields;
import dev.recount.web.LogPositions;
import dev.recount.web.RequestContext;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code POST /issues}: 201 with the new issue. */
@JsonEndpoint
final class CreateIssueEndpoint {

    private final RequestDispatcher commands;
    private final IssueFields issueFields;
    private final IdSequence issueIds;
    private final IssueRejectionProblems refused;
    private final LogPositions positions;

    CreateIssueEndpoint(
            RequestDispatcher commands,
            IssueFields issueFields,
            IdSequence issueIds,
            IssueRejectionProblems refused,
            LogPositions positions) {
        this.commands = commands;
        this.issueFields = issueFields;
        this.issueIds = issueIds;
        this.refused = refused;
        this.positions = positions;
    }

    @PostMapping(path = "/issues", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<IssueBody> create(
            @RequestBody byte[] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        JsonFields fields = JsonBody.parseObject(body, request);
        String title = fields.requiredText("title", IssueRules.TITLE);
        String description =
                fields.optionalText("description", IssueRules.DESCRIPTION).orElse("");
        IssueStatus status = fields.optionalChoice("status", IssueFields.STATUS).orElse(IssueStatus.OPEN);
        Long assignee = issueFields.assignee(fields);
        IssuePriority priority =
                fields.optionalChoice("priority", IssueFields.PRIORITY).orElse(IssuePriority.NONE);
        fields.throwIfInvalid();

        CreateIssue command =
                new CreateIssue(issueIds.next(), title, description, status, assignee, priority, List.of());
        CommandResult<IssueOutcome> answer = commands.dispatch(command, request, idempotencyKey, IssueOutcome.class);
        IssueState issue = refused.orElseState(answer.outcome());
        return commands.positioned(ResponseEntity.created(URI.create("/issues/" + issue.id())), answer)
                .eTag(IssueTag.of(issue, positions))
                .body(IssueBody.of(issue));
    }
}
