package dev.recount.eventstore.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trees and checks of proofs as RFC 9162 defines them, word by word and slowly. */
public record ReferenceTree(List<byte[]> leaves) {

    private static final TreeHasher HASHER = new TreeHasher();

    /** MTH(D[from:to]), section 2.1.1, over leaves that are hashes already. */
    public byte[] hash(int from, int to) {
        if (to == from) {
            return HASHER.emptyRoot();
        }
        if (to - from == 1) {
            return leaves.get(from);
        }
        var k = 1;
        while (2 * k < to - from) {
            k *= 2;
        }
        return HASHER.node(hash(from, from + k), hash(from + k, to));
    }

    public byte[] root(long size) {
        return hash(0, (int) size);
    }

    Map<PerfectSubtree, byte[]> subtrees() {
        var all = new HashMap<PerfectSubtree, byte[]>();
        for (var level = 0; 1 << level <= leaves.size(); level++) {
            for (var index = 0; (index + 1) << level <= leaves.size(); index++) {
                all.put(new PerfectSubtree(level, index), hash(index << level, (index + 1) << level));
            }
        }
        return all;
    }

    /** Section 2.1.3.2. */
    public static boolean isIncluded(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index >= size) {
            return false;
        }
        var fn = index;
        var sn = size - 1;
        var r = leaf;
        for (var p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = HASHER.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = HASHER.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(r, root);
    }

    /** Section 2.1.4.2. */
    public static boolean isConsistent(
            long first, long second, List<byte[]> given, byte[] firstRoot, byte[] secondRoot) {
        if (first == second) {
            return given.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        if (given.isEmpty()) {
            return false;
        }
        var path = Long.bitCount(first) == 1 ? prepend(firstRoot, given) : given;
        var fn = first - 1;
        var sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var fr = path.getFirst();
        var sr = path.getFirst();
        for (var c : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = HASHER.node(c, fr);
                sr = HASHER.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = HASHER.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
    }

    private static List<byte[]> prepend(byte[] first, List<byte[]> others) {
        var all = new ArrayList<byte[]>();
        all.add(first);
        all.addAll(others);
        return all;
    }
}
