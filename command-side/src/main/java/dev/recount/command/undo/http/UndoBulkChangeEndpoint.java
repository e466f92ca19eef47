package dev.recount.command.undo.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.Origin;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.undo.BulkUndoOutcome;
import dev.recount.command.undo.BulkUndoOutcome.AlreadyUndone;
import dev.recount.command.undo.BulkUndoOutcome.ChangedSince;
import dev.recount.command.undo.BulkUndoOutcome.Undone;
import dev.recount.command.undo.BulkUndoOutcome.Unknown;
import dev.recount.command.undo.UndoBulkChange;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.PathUuid;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import dev.recount.web.RequestContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * {@code POST /bulk-changes/{id}/undo}: restores the former statuses and priorities of the issues, all in one append.
 * Responds 409 {@code changed-since} if those of one were changed again. With {@code "merge": true} such issues stay instead.
 */
@JsonEndpoint
final class UndoBulkChangeEndpoint {

    private final RequestDispatcher commands;
    private final EventLog log;

    UndoBulkChangeEndpoint(RequestDispatcher commands, EventLog log) {
        this.commands = commands;
        this.log = log;
    }

    /** @param unchanged the issues that already had their former status */
    record Body(UUID bulkId, List<Long> restored, List<Long> unchanged, long keptCount, List<ChangedIssueBody> kept) {}

    @PostMapping(path = "/bulk-changes/{id}/undo", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Body> undo(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        UUID bulkId = PathUuid.require(id, ProblemType.UNKNOWN_BULK_CHANGE);
        UndoBulkChange command = new UndoBulkChange(bulkId, merge(bulkId, body, request));
        Origin origin = RequestDispatcher.origin(request, idempotencyKey).causedBy("undo of bulk " + bulkId);
        CommandResult<BulkUndoOutcome> answer = commands.dispatch(command, origin, BulkUndoOutcome.class);
        return switch (answer.outcome()) {
            case Undone(var restored, var unchanged, var kept) -> {
                UndoConflicts staying = UndoConflicts.of(kept);
                yield commands.positioned(ResponseEntity.ok(), answer)
                        .body(new Body(bulkId, restored, unchanged, kept.size(), ChangedIssueBody.of(staying)));
            }
            case ChangedSince(var issues) ->
                throw UndoRejectionProblems.changedSince(
                        UndoConflicts.of(issues), "have had another status or priority since");
            case AlreadyUndone(var at, var actor) -> throw UndoRejectionProblems.alreadyUndone(at, actor);
            case Unknown _ -> throw unknown(bulkId);
        };
    }

    /** An unknown change takes precedence over an invalid body. */
    private boolean merge(UUID bulkId, byte @Nullable [] body, RequestContext request) {
        try {
            return UndoRequest.merge(body, request);
        } catch (ProblemException invalid) {
            throw log.exists(StreamName.bulkChange(bulkId)) ? invalid : unknown(bulkId);
        }
    }

    private static ProblemException unknown(UUID bulkId) {
        return ProblemType.UNKNOWN_BULK_CHANGE
                .problem("There is no bulk change " + bulkId + ".")
                .exception();
    }
}
