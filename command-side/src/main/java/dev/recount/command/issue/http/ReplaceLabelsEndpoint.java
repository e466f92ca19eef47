package dev.recount.command.issue.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueRules;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.LabelIssue;
import dev.recount.events.Label;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonItems;
import dev.recount.web.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code PUT /issues/{id}/labels}: 200 with all labels of the issue, in the order of the request. */
@JsonEndpoint
final class ReplaceLabelsEndpoint {

    private final RequestDispatcher commands;
    private final IssuePath addressed;
    private final IssueRejectionProblems refused;

    ReplaceLabelsEndpoint(RequestDispatcher commands, IssuePath addressed, IssueRejectionProblems refused) {
        this.commands = commands;
        this.addressed = addressed;
        this.refused = refused;
    }

    /** @param body null if the request has none; an unknown issue is reported first even then */
    @PutMapping(path = "/issues/{id}/labels", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<Label>> replace(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        LabelIssue command = addressed.read(id, body, (issueId, json) -> read(issueId, json, request));
        CommandResult<IssueOutcome> answer = commands.dispatch(command, request, idempotencyKey, IssueOutcome.class);
        IssueState issue = refused.orElseState(answer.outcome());
        return commands.positioned(ResponseEntity.ok(), answer).body(inOrder(command.names(), issue.labels()));
    }

    private static LabelIssue read(long issueId, byte[] body, RequestContext request) {
        JsonItems items = JsonBody.parseList(body, request);
        List<String> names = items.stream()
                .map(item -> item.requiredText("name", IssueRules.LABEL))
                .toList();
        items.throwIfInvalid();
        return new LabelIssue(issueId, names);
    }

    /** The issue keeps the order of the request that last changed its labels, which may differ from this one. */
    private static List<Label> inOrder(List<String> names, List<Label> labels) {
        Map<String, Label> byName = labels.stream().collect(Collectors.toMap(Label::name, Function.identity()));
        return names.stream()
                .map(name -> Objects.requireNonNull(byName.get(name)))
                .toList();
    }
}
