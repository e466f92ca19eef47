package dev.recount.eventstore.append;

import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.tree.CompactRange;
import dev.recount.eventstore.tree.SealedRow;
import dev.recount.eventstore.tree.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends with the hashes of their events as the next leaves of a tree.
 *
 * @param subtreeHashes for each event the roots of the subtrees that it completes, null if it completes none
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into a statement
record SealedBatch(
        List<Append> appends,
        CompactRange before,
        byte[][] leafHashes,
        byte[] @Nullable [] subtreeHashes,
        CompactRange after) {

    static SealedBatch of(List<Append> appends, CompactRange before, TreeHasher hasher) {
        int events = appends.stream().mapToInt(Append::size).sum();
        byte[][] leafHashes = new byte[events][];
        byte[] @Nullable [] subtreeHashes = new byte[events][];
        CompactRange.Growth tree = before.grow(hasher);
        int next = 0;
        for (Append append : appends) {
            for (byte[] leaf : append.leaves()) {
                byte[] completed = tree.add(leaf);
                leafHashes[next] = leaf;
                subtreeHashes[next] = completed.length == 0 ? null : completed;
                next++;
            }
        }
        return new SealedBatch(appends, before, leafHashes, subtreeHashes, tree.frontier());
    }

    /** The rows to write to the log. */
    List<SealedRow> rows() {
        List<SealedRow> rows = new ArrayList<>(leafHashes.length);
        for (Append append : appends) {
            for (StoredEvent event : append.events()) {
                int index = rows.size();
                rows.add(event.sealed(before.size() + index + 1, leafHashes[index], subtreeHashes[index]));
            }
        }
        return rows;
    }
}
