package dev.recount.command.imports;

import dev.recount.command.bus.Origin;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.imports.RowResult.Breaks;
import dev.recount.command.imports.RowResult.Holds;
import dev.recount.events.ImportEvent;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportCompleted;
import dev.recount.events.ImportedIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One import: validates rows in order and creates issues from the valid ones. While one batch is being appended, the
 * next is filled; at most these two are in memory.
 */
final class ImportRun {

    private static final long NONE = 0;

    private final UUID importId = UUID.randomUUID();
    private final Origin origin;
    private final RowValidator judge;
    private final IdSequence ids;
    private final ImportBatch batch;
    private final RefusedRows refused;
    /** The batch's rows as the event of the import lists them. */
    private final List<ImportedIssue> imported = new ArrayList<>();

    private @Nullable UnderWay underWay;

    private long freeId = NONE;
    private long rows;
    private long created;
    private long settled;
    private long sent;
    /** The sequence number of the next event in the import's own stream. */
    private long sequence;

    private OptionalLong position = OptionalLong.empty();

    /**
     * A batch that is being appended.
     *
     * @param lastRow the last row that its append settles, including rows refused right after it
     */
    private record UnderWay(CompletableFuture<OptionalLong> position, int issues, long lastRow) {}

    ImportRun(Origin origin, RowValidator judge, IdSequence ids, ImportBatch batch, RefusedRows refused) {
        this.origin = origin;
        this.judge = judge;
        this.ids = ids;
        this.batch = batch;
        this.refused = refused;
    }

    /** @throws ImportInterruptedException when the import cannot continue */
    void take(ImportRow row) {
        rows = row.number();
        try {
            decide(row);
            if (batch.isFull()) {
                append(List.of());
            }
        } catch (RuntimeException e) {
            throw interrupted(e);
        }
    }

    /**
     * Appends the remaining rows and returns the result of the whole import.
     *
     * @throws ImportInterruptedException when that fails
     */
    ImportProgress finish() {
        try {
            settleUnderWay();
            append(List.of(new ImportCompleted(importId, rows, created + batch.issues(), refused.count())));
            settleUnderWay();
        } catch (RuntimeException e) {
            throw interrupted(e);
        }
        return progress();
    }

    /** Waits for the batch that is still being appended, because the response includes its outcome. */
    private ImportInterruptedException interrupted(RuntimeException cause) {
        try {
            settleUnderWay();
        } catch (RuntimeException later) {
            later.addSuppressed(cause);
            return new ImportInterruptedException(progress(), later);
        }
        return new ImportInterruptedException(progress(), cause);
    }

    private void decide(ImportRow row) {
        // A refused row leaves its id to the next row.
        freeId = freeId == NONE ? ids.next() : freeId;
        switch (judge.judge(row, freeId)) {
            case Holds(NewIssue issue) -> {
                batch.add(issue, origin.causedBy(causation()).metadata(), row.textLength());
                imported.add(new ImportedIssue(freeId, rows));
                freeId = NONE;
            }
            case Breaks(Map<String, List<String>> errors) -> refuse(errors);
        }
    }

    private String causation() {
        return "import " + importId + " row " + rows;
    }

    private void refuse(Map<String, List<String>> errors) {
        refused.add(rows, errors);
        UnderWay before = underWay;
        if (batch.issues() == 0 && before == null) {
            settled = rows;
        } else if (batch.issues() == 0 && before != null) {
            underWay = new UnderWay(before.position(), before.issues(), rows);
        }
    }

    /** @param last the events of the import's own stream that follow the issues */
    private void append(List<ImportEvent> last) {
        if (!imported.isEmpty()) {
            tell(new ImportAdvanced(importId, rows, refused.count(), List.copyOf(imported)));
        }
        last.forEach(this::tell);
        settleUnderWay();
        underWay = new UnderWay(batch.append(), imported.size(), rows);
        sent = rows;
        imported.clear();
    }

    private void settleUnderWay() {
        UnderWay settling = underWay;
        if (settling == null) {
            return;
        }
        underWay = null;
        try {
            position = settling.position().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        created += settling.issues();
        settled = settling.lastRow();
    }

    private void tell(ImportEvent event) {
        batch.tell(event, sequence++, origin.metadata());
    }

    private ImportProgress progress() {
        return new ImportProgress(importId, rows, created, refused.count(), settled, Math.max(sent, settled), position);
    }
}
