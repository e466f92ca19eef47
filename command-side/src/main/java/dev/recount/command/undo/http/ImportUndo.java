package dev.recount.command.undo.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.Origin;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.imports.StopImport;
import dev.recount.command.undo.CheckImported;
import dev.recount.command.undo.WithdrawImported;
import dev.recount.command.undo.WithdrawImported.End;
import dev.recount.command.undo.WithdrawalOutcome;
import dev.recount.command.undo.http.ImportUndoOutcome.AlreadyUndone;
import dev.recount.command.undo.http.ImportUndoOutcome.Objected;
import dev.recount.command.undo.http.ImportUndoOutcome.Undone;
import dev.recount.command.undo.http.ImportUndoOutcome.Unknown;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Undoes imports.
 *
 * <p>A small import is undone in one append. For a large one, all issues are checked first. Then they are withdrawn in
 * chunks, each in one append. Issues that other users change in between stay, because the undo can no longer be
 * refused. If it breaks off, a repeated request continues from there.
 */
@Component
public final class ImportUndo {

    /** Large enough that many issues share a flush to disk, and small enough that other writers wait only briefly. */
    private static final int CHUNK = 500;

    private final RequestDispatcher commands;
    private final EventLog log;

    ImportUndo(RequestDispatcher commands, EventLog log) {
        this.commands = commands;
        this.log = log;
    }

    /** @param merge whether issues changed by other users stay; if not, they are a reason to refuse */
    public ImportUndoOutcome undo(UUID importId, boolean merge, Origin requested) {
        Origin origin = requested.causedBy("undo of import " + importId);
        if (!log.exists(StreamName.importOf(importId))) {
            return new Unknown();
        }
        commands.dispatch(new StopImport(importId), origin, Boolean.class);
        ImportRecord record = new ImportRecord(log.readStream(StreamName.importOf(importId), 0));
        DomainEventMessage<?> undone = record.undone();
        if (undone != null) {
            return new AlreadyUndone(undone.getTimestamp(), ImportRecord.actorOf(undone));
        }
        List<List<Long>> chunks = chunks(record.issues());
        if (!merge && chunks.size() > 1) {
            UndoConflicts objections = check(chunks, record.importer(), origin);
            if (!objections.issues().isEmpty()) {
                return new Objected(objections);
            }
        }
        boolean sparing = merge || chunks.size() > 1;
        return withdraw(importId, chunks, record.importer(), sparing, origin);
    }

    private UndoConflicts check(List<List<Long>> chunks, @Nullable Long importer, Origin origin) {
        UndoConflicts all = new UndoConflicts();
        for (List<Long> chunk : chunks) {
            CommandResult<WithdrawalOutcome> answer =
                    commands.dispatch(new CheckImported(chunk, importer), origin, WithdrawalOutcome.class);
            if (answer.outcome() instanceof WithdrawalOutcome.Objected(var issues)) {
                all.add(issues);
            }
        }
        return all;
    }

    private ImportUndoOutcome withdraw(
            UUID importId, List<List<Long>> chunks, @Nullable Long importer, boolean sparing, Origin origin) {
        UndoConflicts kept = new UndoConflicts();
        long withdrawn = 0;
        for (int chunk = 0; ; chunk++) {
            boolean last = chunk == chunks.size() - 1;
            End end = last ? new End(withdrawn, kept.issues()) : null;
            WithdrawImported command = new WithdrawImported(importId, chunks.get(chunk), importer, sparing, end);
            CommandResult<WithdrawalOutcome> answer = commands.dispatch(command, origin, WithdrawalOutcome.class);
            switch (answer.outcome()) {
                case WithdrawalOutcome.Objected(var issues) -> {
                    return new Objected(UndoConflicts.of(issues));
                }
                case WithdrawalOutcome.Over _ -> {
                    return alreadyUndone(importId);
                }
                case WithdrawalOutcome.Withdrawn(long more, var others) -> {
                    withdrawn += more;
                    kept.add(others);
                }
            }
            if (last) {
                return new Undone(withdrawn, kept, answer);
            }
        }
    }

    private AlreadyUndone alreadyUndone(UUID importId) {
        DomainEventMessage<?> last =
                log.readStream(StreamName.importOf(importId), 0).getLast();
        return new AlreadyUndone(last.getTimestamp(), ImportRecord.actorOf(last));
    }

    /** At least one chunk, even without issues. */
    private static List<List<Long>> chunks(List<Long> issues) {
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from == 0 || from < issues.size(); from += CHUNK) {
            chunks.add(issues.subList(from, Math.min(from + CHUNK, issues.size())));
        }
        return chunks;
    }
}
