package dev.recount.query.daemon;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Divides claims among the nodes that hold any, plus one that may hold none yet. Once each has taken its share, no node
 * holds two more than another.
 *
 * <p>No node needs to know the number of nodes. The node with the fewest claims takes from the node with the most until
 * the shares are even.
 */
final class ClaimShares {

    private ClaimShares() {}

    /** A node with its claims. */
    private static final class Holder {

        private final UUID node;
        private final Deque<String> known = new ArrayDeque<>();
        private int count;

        Holder(UUID node) {
            this.node = node;
        }
    }

    /**
     * The projections that {@code mine} should take over, each with its present holder.
     *
     * @param claims the holder of each projection
     * @param known the projections that {@code mine} can run
     */
    static Map<String, UUID> surplus(UUID mine, Map<String, UUID> claims, Set<String> known) {
        var holders = new TreeMap<UUID, Holder>();
        new TreeMap<>(claims).forEach((projection, node) -> {
            var holder = holders.computeIfAbsent(node, Holder::new);
            holder.count++;
            if (known.contains(projection)) {
                holder.known.push(projection);
            }
        });
        int own = Optional.ofNullable(holders.remove(mine))
                .map(holder -> holder.count)
                .orElse(0);
        var surplus = new TreeMap<String, UUID>();
        while (true) {
            var richest = holders.values().stream()
                    .filter(holder -> !holder.known.isEmpty())
                    .max(Comparator.comparingInt(holder -> holder.count));
            if (richest.isEmpty() || richest.get().count - own < 2) {
                return surplus;
            }
            surplus.put(richest.get().known.pop(), richest.get().node);
            richest.get().count--;
            own++;
        }
    }
}
