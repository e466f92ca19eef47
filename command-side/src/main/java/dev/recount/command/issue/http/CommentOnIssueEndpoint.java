package dev.recount.command.issue.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueRules;
import dev.recount.command.issue.IssueState;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonFields;
import dev.recount.web.RequestContext;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code POST /issues/{id}/comments}: 201 with the new comment, whatever concurrent changes the issue has. */
@JsonEndpoint
final class CommentOnIssueEndpoint {

    private final RequestDispatcher commands;
    private final IssueFields issueFields;
    private final IdSequence commentIds;
    private final IssuePath addressed;
    private final IssueRejectionProblems refused;

    CommentOnIssueEndpoint(
            RequestDispatcher commands,
            IssueFields issueFields,
            IdSequence commentIds,
            IssuePath addressed,
            IssueRejectionProblems refused) {
        this.commands = commands;
        this.issueFields = issueFields;
        this.commentIds = commentIds;
        this.addressed = addressed;
        this.refused = refused;
    }

    /** @param author the username */
    record CommentBody(long id, String body, String author, Instant createdAt) {}

    /** @param body null if the request has none; an unknown issue is reported first even then */
    @PostMapping(path = "/issues/{id}/comments", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CommentBody> comment(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        CommentOnIssue command = addressed.read(id, body, (issueId, json) -> read(issueId, json, request));
        CommandResult<IssueOutcome> answer = commands.dispatch(command, request, idempotencyKey, IssueOutcome.class);
        IssueState issue = refused.orElseState(answer.outcome());
        return commands.positioned(ResponseEntity.status(HttpStatus.CREATED), answer)
                .body(new CommentBody(command.commentId(), command.body(), command.username(), issue.lastEventAt()));
    }

    private CommentOnIssue read(long issueId, byte[] body, RequestContext request) {
        JsonFields fields = JsonBody.parseObject(body, request);
        String text = fields.requiredText("body", IssueRules.COMMENT);
        Optional<UserRegistered> author = author(fields, request.actor());
        fields.throwIfInvalid();
        UserRegistered user = author.orElseThrow();
        return new CommentOnIssue(issueId, commentIds.next(), user.userId(), user.username(), text);
    }

    private Optional<UserRegistered> author(JsonFields fields, OptionalLong actor) {
        if (fields.has("author")) {
            return issueFields.user(fields, "author", fields.optionalInteger("author"));
        }
        if (actor.isEmpty()) {
            fields.reject("author", "is required if X-User-Id names no user");
        }
        return issueFields.user(fields, "author", actor);
    }
}
