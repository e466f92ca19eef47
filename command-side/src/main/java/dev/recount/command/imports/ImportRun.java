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
 * One import: takes row after row, and creates issues of those that hold. While one batch is being appended, the next is put
 * together; no more than those two are ever under way.
 */
final class ImportRun {

    private static final long NONE = 0;

    private final UUID importId = UUID.randomUUID();
    private final Origin origin;
    private final RowValidator judge;
    private final IdSequence ids;
    private final ImportBatch batch;
    private final RefusedRows refused;
    /** What the batch makes of the rows. */
    private final List<ImportedIssue> imported = new ArrayList<>();

    private @Nullable UnderWay underWay;

    private long freeId = NONE;
    private long rows;
    private long created;
    private long settled;
    private long sent;
    /** Of the next event in the import's own stream. */
    private long sequence;

    private OptionalLong position = OptionalLong.empty();

    /**
     * A batch that is being appended.
     *
     * @param lastRow that is settled with it, which takes in what was refused right after it
     */
    private record UnderWay(CompletableFuture<OptionalLong> position, int issues, long lastRow) {}

    ImportRun(Origin origin, RowValidator judge, IdSequence ids, ImportBatch batch, RefusedRows refused) {
        this.origin = origin;
        this.judge = judge;
        this.ids = ids;
        this.batch = batch;
        this.refused = refused;
    }

    /** @throws ImportInterruptedException when it cannot go on */
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
     * Appends what is left, and tells what the whole came to.
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

    /** What is under way is still waited for, for what became of it is part of the answer. */
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
        // A row that is refused leaves its id to the next.
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

    /** @param last what the import says of itself after the issues */
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
