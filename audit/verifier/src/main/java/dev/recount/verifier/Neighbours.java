package dev.recount.verifier;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of events that do not belong together, and the attempt to find the event that does: where two events were
 * exchanged, hashes and all, it lies in another of the pairs, and fits.
 */
final class Neighbours {

    /** Beyond so many it was no exchange of events. */
    private static final int KEPT = 20;

    private final MessageDigest digest = Sha256.digest();
    private final List<Pair> pairs = new ArrayList<>();
    /** In which recorded nodes do not fit those below them, although those are the nodes that events came with. */
    private final List<Stretch> above = new ArrayList<>();

    /** The first's position is odd; both come with all hashes that were recorded with them. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares pairs
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

    /** The one of the two at which another event stands than should, or both where that cannot be told. */
    Stretch narrow(Stretch two) {
        for (var pair : pairs) {
            if (pair.first() == two.from() && two.to() == two.from() + 1) {
                return narrow(two, pair);
            }
        }
        return two;
    }

    /** Exchanged events fit both ways; the second of a pair takes a node along, which then does not fit above it. */
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
