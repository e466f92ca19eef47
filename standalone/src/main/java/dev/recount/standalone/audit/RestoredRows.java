package dev.recount.standalone.audit;

import dev.recount.eventstore.tree.SealedRow;
import dev.recount.eventstore.tree.SealedRows;
import dev.recount.verifier.Leaf;
import dev.recount.verifier.MerkleTree;
import java.sql.SQLException;

/** Converts verified events to rows of the log, with the tree as the verifier computes it. */
final class RestoredRows {

    private final SealedRows rows;
    private final MerkleTree tree = new MerkleTree();

    RestoredRows(SealedRows rows) {
        this.rows = rows;
    }

    /** Skips events that cannot follow the previous ones. Such a log is not intact and is refused as a whole. */
    void write(Leaf leaf) throws SQLException {
        var event = leaf.event();
        var hash = leaf.hash();
        if (event == null || hash == null || leaf.position() != tree.size() + 1) {
            return;
        }
        var completed = tree.append(hash);
        rows.add(new SealedRow(
                event.position(),
                event.stream(),
                event.sequence(),
                event.eventId(),
                event.type(),
                event.revision(),
                event.payload(),
                event.metadata(),
                event.recordedAtMicros(),
                hash,
                completed.length == 0 ? null : completed));
    }
}
