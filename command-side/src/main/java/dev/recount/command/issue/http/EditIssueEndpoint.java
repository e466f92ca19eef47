package dev.recount.command.issue.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.issue.IssueCommand.Assignment;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueRules;
import dev.recount.command.issue.IssueState;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonFields;
import dev.recount.web.LogPositions;
import dev.recount.web.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * {@code PATCH /issues/{id}}: 200 with the issue after the change.
 *
 * <p>An unknown issue takes precedence over an invalid body, and an unmet {@code If-Match} over a stale version.
 */
@JsonEndpoint
final class EditIssueEndpoint {

    /** RFC 7396, of which this body is a special case: null unassigns, and an absent field stays unchanged. */
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final RequestDispatcher commands;
    private final IssueFields issueFields;
    private final IssuePath addressed;
    private final IssueRejectionProblems refused;
    private final LogPositions positions;

    EditIssueEndpoint(
            RequestDispatcher commands,
            IssueFields issueFields,
            IssuePath addressed,
            IssueRejectionProblems refused,
            LogPositions positions) {
        this.commands = commands;
        this.issueFields = issueFields;
        this.addressed = addressed;
        this.refused = refused;
        this.positions = positions;
    }

    /** @param body null if the request has none; an unknown issue is reported first even then */
    @PatchMapping(
            path = "/issues/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    ResponseEntity<IssueBody> edit(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request,
            @RequestHeader HttpHeaders headers) {
        List<String> ifMatch = headers.getOrEmpty(HttpHeaders.IF_MATCH);
        EditIssue command = addressed.read(id, body, (issueId, json) -> read(issueId, json, request, ifMatch));
        CommandResult<IssueOutcome> answer =
                commands.dispatch(command, request, headers.getFirst("Idempotency-Key"), IssueOutcome.class);
        IssueState issue = refused.orElseState(answer.outcome());
        return commands.positioned(ResponseEntity.ok(), answer)
                .eTag(IssueTag.of(issue, positions))
                .body(IssueBody.of(issue));
    }

    private EditIssue read(long issueId, byte[] body, RequestContext request, List<String> ifMatch) {
        JsonFields fields = JsonBody.parseObject(body, request);
        EditIssue command = new EditIssue(
                issueId,
                fields.optionalText("title", IssueRules.TITLE).orElse(null),
                fields.optionalText("description", IssueRules.DESCRIPTION).orElse(null),
                fields.optionalChoice("status", IssueFields.STATUS).orElse(null),
                fields.has("assignee") ? new Assignment(issueFields.assignee(fields)) : null,
                fields.optionalChoice("priority", IssueFields.PRIORITY).orElse(null),
                fields.requiredInteger("version"),
                IfMatchHeader.read(fields, ifMatch, positions.log()));
        fields.throwIfInvalid();
        return command;
    }
}
