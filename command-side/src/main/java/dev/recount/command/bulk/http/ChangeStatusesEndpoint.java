package dev.recount.command.bulk.http;

import dev.recount.command.bulk.BatchOutcome;
import dev.recount.command.bulk.BatchOutcome.AllDone;
import dev.recount.command.bulk.BatchOutcome.NoneDone;
import dev.recount.command.bulk.ChangeStatuses;
import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.Origin;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.http.IssueBody;
import dev.recount.command.issue.http.IssueFields;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonFields;
import dev.recount.web.JsonItems;
import dev.recount.web.ProblemType;
import dev.recount.web.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code PUT} or {@code POST /issues/bulk-status}: 200 with all the issues, or nothing changes. An item sets a status,
 * a priority or both.
 */
@JsonEndpoint
final class ChangeStatusesEndpoint {

    private static final int MOST_ITEMS = 1_000;
    private static final String BULK_ID = "Bulk-Id";

    private final RequestDispatcher commands;

    ChangeStatusesEndpoint(RequestDispatcher commands) {
        this.commands = commands;
    }

    /**
     * Changes the statuses. The response's {@code Bulk-Id} is the id for reading and undoing the change. The events
     * name it as their cause.
     */
    @RequestMapping(
            path = "/issues/bulk-status",
            method = {RequestMethod.PUT, RequestMethod.POST},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<IssueBody>> change(
            @RequestBody byte[] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        UUID bulkId = UUID.randomUUID();
        ChangeStatuses bulk = new ChangeStatuses(bulkId, read(body, request));
        Origin origin = RequestDispatcher.origin(request, idempotencyKey).causedBy("bulk " + bulkId);
        CommandResult<BatchOutcome> answer = commands.dispatch(bulk, origin, BatchOutcome.class);
        List<IssueBody> issues = switch (answer.outcome()) {
            case AllDone(var outcomes) ->
                outcomes.stream().map(done -> IssueBody.of(done.state())).toList();
            case NoneDone none -> throw BatchRejectionProblems.problem(none.rejections());
        };
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        // An empty change is not recorded, so there is nothing to read under its id.
        if (!issues.isEmpty()) {
            response.header(BULK_ID, bulkId.toString());
        }
        return commands.positioned(response, answer).body(issues);
    }

    private static List<ChangeStatus> read(byte[] body, RequestContext request) {
        JsonItems items = JsonBody.parseList(body, request);
        if (items.size() > MOST_ITEMS) {
            throw ProblemType.VALIDATION_FAILED
                    .problem("At most " + MOST_ITEMS + " issues are changed at once, not " + items.size() + ".")
                    .exception();
        }
        List<ChangeStatus> changes = new ArrayList<>(items.size());
        Map<Long, Integer> indexes = new HashMap<>();
        for (JsonFields item : items) {
            ChangeStatus change = read(item);
            // An invalid id is also represented as 0.
            Integer first = change.issueId() == 0 && item.isInvalid()
                    ? null
                    : indexes.putIfAbsent(change.issueId(), changes.size());
            if (first != null) {
                item.reject("id", "is that of [" + first + "] again: " + change.issueId());
            }
            changes.add(change);
        }
        items.throwIfInvalid();
        return changes;
    }

    private static ChangeStatus read(JsonFields item) {
        OptionalLong version = item.optionalInteger("version");
        long issueId = item.requiredInteger("id");
        IssuePriority priority =
                item.optionalChoice("priority", IssueFields.PRIORITY).orElse(null);
        Optional<IssueStatus> status = item.has("priority")
                ? item.optionalChoice("status", IssueFields.STATUS)
                : item.requiredChoice("status", IssueFields.STATUS);
        return new ChangeStatus(
                issueId, status.orElse(null), priority, version.isPresent() ? version.getAsLong() : null);
    }
}
