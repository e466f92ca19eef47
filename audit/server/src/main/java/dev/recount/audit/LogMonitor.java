package dev.recount.audit;

import dev.recount.eventstore.read.LogTree;
import dev.recount.eventstore.read.TornLogException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the log with the largest issued checkpoint and raises an alarm if they differ.
 *
 * <p>It compares the hashes stored in the rows. Only a verification of the whole log shows whether a row still matches
 * its hash.
 */
final class LogMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(LogMonitor.class);

    private final LogTree tree;
    private final Checkpoints checkpoints;
    private volatile @Nullable Inconsistency last;

    LogMonitor(LogTree tree, Checkpoints checkpoints) {
        this.tree = tree;
        this.checkpoints = checkpoints;
    }

    /** The result of the last comparison. */
    Optional<Inconsistency> last() {
        return Optional.ofNullable(last);
    }

    /** Compares now. */
    Optional<Inconsistency> look() {
        // Reads the checkpoint first: by then the log held all that it covers.
        var found = checkpoints.largest().flatMap(this::compare);
        var before = last;
        found.filter(contradiction -> before == null
                        || before.checkpoint().number()
                                != contradiction.checkpoint().number())
                .ifPresent(contradiction -> LOG.error("{}", contradiction.message()));
        if (found.isEmpty() && before != null) {
            LOG.warn("The log agrees with its checkpoints again");
        }
        last = found.orElse(null);
        return found;
    }

    private Optional<Inconsistency> compare(Checkpoint checkpoint) {
        var size = tree.size();
        if (size < checkpoint.size()) {
            return Optional.of(new Inconsistency(checkpoint, "now it ends at position %d".formatted(size)));
        }
        try {
            var root = tree.root(checkpoint.size());
            return Arrays.equals(root, checkpoint.rootHash())
                    ? Optional.empty()
                    : Optional.of(new Inconsistency(
                            checkpoint,
                            "now their root hash is %s, not %s".formatted(hex(root), hex(checkpoint.rootHash()))));
        } catch (TornLogException torn) {
            return Optional.of(new Inconsistency(checkpoint, String.valueOf(torn.getMessage())));
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
