package dev.recount.command.issue.importing;

import dev.recount.command.bus.Origin;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.importing.RowVerdict.Breaks;
import dev.recount.command.issue.importing.RowVerdict.Holds;
import dev.recount.events.ImportEvent;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportCompleted;
import dev.recount.events.ImportedIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** One import: takes row after row, and creates issues of those that hold. */
final class ImportRun {

    private static final long NONE = 0;

    private final UUID importId = UUID.randomUUID();
    private final Origin origin;
    private final RowJudge judge;
    private final IdSequence ids;
    private final ImportBatch batch;
    private final RefusedRows refused;
    /** What the batch makes of the rows. */
    private final List<ImportedIssue> imported = new ArrayList<>();

    private long freeId = NONE;
    private long rows;
    private long created;
    private long settled;
    /** Of the next event in the import's own stream. */
    private long sequence;

    private OptionalLong position = OptionalLong.empty();

    ImportRun(Origin origin, RowJudge judge, IdSequence ids, ImportBatch batch, RefusedRows refused) {
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
            throw new ImportInterruptedException(progress(), e);
        }
    }

    /**
     * Appends what is left, and tells what the whole came to.
     *
     * @throws ImportInterruptedException when that fails
     */
    ImportProgress finish() {
        try {
            append(List.of(new ImportCompleted(importId, rows, created + batch.issues(), refused.count())));
        } catch (RuntimeException e) {
            throw new ImportInterruptedException(progress(), e);
        }
        return progress();
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
        if (batch.issues() == 0) {
            settled = rows;
        }
    }

    /** @param last what the import says of itself after the issues */
    private void append(List<ImportEvent> last) {
        if (!imported.isEmpty()) {
            tell(new ImportAdvanced(importId, rows, refused.count(), List.copyOf(imported)));
        }
        last.forEach(this::tell);
        position = batch.append();
        created += imported.size();
        imported.clear();
        settled = rows;
    }

    private void tell(ImportEvent event) {
        batch.tell(event, sequence++, origin.metadata());
    }

    private ImportProgress progress() {
        return new ImportProgress(importId, rows, created, refused.count(), settled, position);
    }
}
