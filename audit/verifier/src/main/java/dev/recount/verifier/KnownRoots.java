package dev.recount.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares a growing tree with each known root when it has the root's size. */
final class KnownRoots {

    private final List<Witness> witnesses;
    private final Map<Witness, Boolean> compared = new HashMap<>();
    private int next;

    /** @param witnesses by size */
    KnownRoots(List<Witness> witnesses) {
        this.witnesses = witnesses;
    }

    /** @param root called only if a root is known for this size */
    void compare(long size, Supplier<@Nullable Hash> root) {
        for (; next < witnesses.size() && witnesses.get(next).size() <= size; next++) {
            var witness = witnesses.get(next);
            var found = witness.size() == size ? root.get() : null;
            if (found != null) {
                compared.put(witness, found.equals(witness.root()));
            }
        }
    }

    /** Whether the tree had the witness's root at its size; null if unknown. */
    @Nullable
    Boolean agrees(Witness witness) {
        return compared.get(witness);
    }
}
