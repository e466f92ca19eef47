package dev.recount.command.undo.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.Origin;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.RevertTarget;
import dev.recount.command.issue.RevertTarget.Edit;
import dev.recount.command.issue.RevertTarget.ToVersion;
import dev.recount.command.issue.http.IfMatchHeader;
import dev.recount.command.issue.http.IssueBody;
import dev.recount.command.issue.http.IssuePath;
import dev.recount.command.issue.http.IssueRejectionProblems;
import dev.recount.command.issue.http.IssueTag;
import dev.recount.command.issue.http.KeptFieldBody;
import dev.recount.command.undo.RevertIssue;
import dev.recount.command.undo.RevertOutcome;
import dev.recount.command.undo.RevertOutcome.Refused;
import dev.recount.command.undo.RevertOutcome.Reverted;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * {@code POST /issues/{id}/revert}: takes edits back by one more edit. Takes back either everything after {@code
 * to_version}, or the one {@code edit} that led to a version. Responds 200 with the issue after it.
 *
 * <p>Refusals have the precedence of {@code PATCH}. The last of them is 409 {@code changed-since} if a field of the
 * edit was changed again. With {@code "merge": true} such fields stay instead.
 */
@JsonEndpoint
final class RevertIssueEndpoint {

    private final RequestDispatcher commands;
    private final IssuePath addressed;
    private final IssueRejectionProblems refused;
    private final LogPositions positions;

    RevertIssueEndpoint(
            RequestDispatcher commands, IssuePath addressed, IssueRejectionProblems refused, LogPositions positions) {
        this.commands = commands;
        this.addressed = addressed;
        this.refused = refused;
        this.positions = positions;
    }

    /**
     * The issue and the result of the revert.
     *
     * @param takenBack the fields that have their former values again; empty if they already had them
     * @param kept the fields that stay because they were changed again later
     */
    record Body(@JsonUnwrapped IssueBody issue, List<String> takenBack, List<KeptFieldBody> kept) {

        static Body of(Reverted reverted) {
            return new Body(
                    IssueBody.of(reverted.state()),
                    reverted.takenBack().stream().map(IssueField::wireName).toList(),
                    KeptFieldBody.of(reverted.kept()));
        }
    }

    /** @param body null if the request has none; an unknown issue is reported first even then */
    @PostMapping(path = "/issues/{id}/revert", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Body> revert(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request,
            @RequestHeader HttpHeaders headers) {
        List<String> ifMatch = headers.getOrEmpty(HttpHeaders.IF_MATCH);
        RevertIssue command = addressed.read(id, body, (issueId, json) -> read(issueId, json, request, ifMatch));
        Origin origin = RequestDispatcher.origin(request, headers.getFirst("Idempotency-Key"))
                .causedBy(causation(command.target()));
        CommandResult<RevertOutcome> answer = commands.dispatch(command, origin, RevertOutcome.class);
        return switch (answer.outcome()) {
            case Reverted reverted ->
                commands.positioned(ResponseEntity.ok(), answer)
                        .eTag(IssueTag.of(reverted.state(), positions))
                        .body(Body.of(reverted));
            case Refused refusal -> throw refused.problem(refusal.rejection());
        };
    }

    private static String causation(RevertTarget target) {
        return switch (target) {
            case ToVersion to -> "revert to version " + to.version();
            case Edit edit -> "undo of edit " + edit.version();
        };
    }

    private RevertIssue read(long issueId, byte[] body, RequestContext request, List<String> ifMatch) {
        JsonFields fields = JsonBody.parseObject(body, request);
        boolean edit = fields.has("edit");
        if (edit == fields.has("to_version")) {
            fields.reject("to_version", edit ? "cannot be asked for together with edit" : "is required, or edit");
        }
        long version = fields.optionalInteger(edit ? "edit" : "to_version").orElse(0);
        RevertIssue command = new RevertIssue(
                issueId,
                edit ? new Edit(version) : new ToVersion(version),
                fields.optionalFlag("merge"),
                fields.requiredInteger("version"),
                IfMatchHeader.read(fields, ifMatch, positions.log()));
        fields.throwIfInvalid();
        return command;
    }
}
