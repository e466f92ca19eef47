package dev.recount.command.undo.http;

import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.undo.http.ImportUndoOutcome.AlreadyUndone;
import dev.recount.command.undo.http.ImportUndoOutcome.Objected;
import dev.recount.command.undo.http.ImportUndoOutcome.Undone;
import dev.recount.command.undo.http.ImportUndoOutcome.Unknown;
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
 * {@code POST /imports/{id}/undo}: withdraws the issues of an import. Responds 409 {@code changed-since} if another
 * user has changed one. With {@code "merge": true} such issues stay instead.
 */
@JsonEndpoint
final class UndoImportEndpoint {

    private final ImportUndo imports;
    private final EventLog log;
    private final RequestDispatcher commands;

    UndoImportEndpoint(ImportUndo imports, EventLog log, RequestDispatcher commands) {
        this.imports = imports;
        this.log = log;
        this.commands = commands;
    }

    /** @param kept the first of the issues that stay */
    record Body(UUID importId, long withdrawn, long keptCount, List<ChangedIssueBody> kept) {}

    @PostMapping(path = "/imports/{id}/undo", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Body> undo(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        UUID importId = PathUuid.require(id, ProblemType.UNKNOWN_IMPORT);
        boolean merge = merge(importId, body, request);
        return switch (imports.undo(importId, merge, RequestDispatcher.origin(request, idempotencyKey))) {
            case Undone(long withdrawn, var kept, var last) ->
                commands.positioned(ResponseEntity.ok(), last)
                        .body(new Body(importId, withdrawn, kept.issues().size(), ChangedIssueBody.of(kept)));
            case Objected(var issues) ->
                throw UndoRejectionProblems.changedSince(issues, "were worked on by others since they were imported");
            case AlreadyUndone(var at, var actor) -> throw UndoRejectionProblems.alreadyUndone(at, actor);
            case Unknown _ -> throw unknown(importId);
        };
    }

    /** An unknown import takes precedence over an invalid body. */
    private boolean merge(UUID importId, byte @Nullable [] body, RequestContext request) {
        try {
            return UndoRequest.merge(body, request);
        } catch (ProblemException invalid) {
            throw log.exists(StreamName.importOf(importId)) ? invalid : unknown(importId);
        }
    }

    private static ProblemException unknown(UUID importId) {
        return ProblemType.UNKNOWN_IMPORT
                .problem("There is no import " + importId + ".")
                .exception();
    }
}
