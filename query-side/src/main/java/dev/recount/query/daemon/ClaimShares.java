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
 * Divides claims among the nodes that hold any and one that may hold none yet: when each has taken its share, no node holds
 * two more than another.
 *
 * <p>Nobody need know how many nodes there are. Who holds least takes from whoever holds most until that is so.
 */
final class ClaimShares {

    private ClaimShares() {}

    /** A node with what it holds. */
    private static final class Holder {

        private final UUID node;
        private final Deque<String> known = new ArrayDeque<>();
        private int count;

        Holder(UUID node) {
            this.node = node;
        }
    }

    /**
     * The projections that {@code mine} should take over, with the node that holds each.
     *
     * @param claims the holder of each projection
     * @param known what {@code mine} can work for
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
