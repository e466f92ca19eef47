package dev.recount.verifier;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of events that do not match their common node, and the search for the event that does. If two events were
 * exchanged with their hashes, the matching event is in another pair.
 */
final class Neighbours {

    /** With more pairs than this, it was no exchange of events. */
    private static final int KEPT = 20;

    private final MessageDigest digest = Sha256.digest();
    private final List<Pair> pairs = new ArrayList<>();
    /**
     * Positions whose stored nodes do not match those below them, although those are the nodes stored with the events.
     */
    private final List<Stretch> above = new ArrayList<>();

    /** The first position is odd. Both events have all hashes stored with them. */
    @SuppressWarnings("ArrayRecordComponent") // pairs are never compared
    private record Pair(long first, byte @Nullable [] left, byte[] right) {}

    void add(long first, byte @Nullable [] left, byte[] right) {
        if (pairs.size() < KEPT) {
            pairs.add(new Pair(first, left, right));
        }
    }

    void doubtAbove(Stretch stretch) {
        if (above.size() < KEPT) {
            above.add(stretch);
        }
    }

    /** The position with the wrong event, or both if that cannot be determined. */
    Stretch narrow(Stretch two) {
        for (var pair : pairs) {
            if (pair.first() == two.from() && two.to() == two.from() + 1) {
                return narrow(two, pair);
            }
        }
        return two;
    }

    /**
     * Exchanged events match both ways. The second of a pair carries a node, which then does not match the one above
     * it.
     */
    private Stretch narrow(Stretch two, Pair pair) {
        var tookNode = hasOddShape(pair)
                || above.stream().anyMatch(node -> node.from() <= two.from() && two.to() <= node.to());
        if (tookNode) {
            return strangers(pair).anyMatch(stranger -> fits(pair.left(), stranger)) ? Stretch.of(two.to()) : two;
        }
        return strangers(pair).anyMatch(stranger -> fits(stranger, pair.right())) ? Stretch.of(two.from()) : two;
    }

    private static boolean hasOddShape(Pair pair) {
        return pair.right().length != (1 + Long.numberOfTrailingZeros(pair.first() + 1)) * Hash.LENGTH;
    }

    private Stream<byte @Nullable []> strangers(Pair pair) {
        return pairs.stream()
                .filter(other -> other.first() != pair.first())
                .flatMap(other -> Stream.of(other.left(), other.right()));
    }

    private boolean fits(byte @Nullable [] left, byte @Nullable [] right) {
        return left != null
                && right != null
                && left.length >= Hash.LENGTH
                && right.length >= 2 * Hash.LENGTH
                && Arrays.equals(
                        Sha256.node(digest, Arrays.copyOf(left, Hash.LENGTH), Arrays.copyOf(right, Hash.LENGTH)),
                        Arrays.copyOfRange(right, Hash.LENGTH, 2 * Hash.LENGTH));
    }
}
