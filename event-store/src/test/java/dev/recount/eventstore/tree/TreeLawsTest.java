package dev.recount.eventstore.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for trees of every size. */
class TreeLawsTest {

    private static final TreeHasher HASHER = new TreeHasher();

    @Property(tries = 300)
    void a_tree_that_grows_in_steps_is_the_tree_of_all_its_leaves(
            @ForAll @IntRange(max = 600) int size, @ForAll @IntRange(min = 1, max = 70) int step) {
        var tree = tree(size);
        var frontier = CompactRange.EMPTY;
        for (var from = 0; from < size; from += step) {
            var growth = new CompactRange(frontier.size(), frontier.hashes()).grow(HASHER);
            tree.leaves().subList(from, Math.min(size, from + step)).forEach(growth::add);
            frontier = growth.frontier();
        }
        assertThat(frontier.size()).isEqualTo(size);
        assertThat(frontier.root(HASHER)).isEqualTo(tree.root(size));
    }

    @Property(tries = 100)
    void a_leaf_completes_the_subtrees_that_end_with_it(@ForAll @IntRange(min = 1, max = 600) int size) {
        var tree = tree(size);
        var growth = CompactRange.EMPTY.grow(HASHER);
        byte[] completed = {};
        for (var leaf : tree.leaves()) {
            completed = growth.add(leaf);
        }
        var expected = ByteBuffer.allocate(completed.length);
        for (var width = 2; size % width == 0; width *= 2) {
            expected.put(tree.hash(size - width, size));
        }
        assertThat(expected.hasRemaining()).isFalse();
        assertThat(completed).isEqualTo(expected.array());
    }

    @Property(tries = 300)
    void an_inclusion_proof_convinces_for_its_leaf_and_for_nothing_else(
            @ForAll @IntRange(min = 1, max = 300) int size, @ForAll Random random) {
        var tree = tree(size);
        var root = tree.root(size);
        var index = random.nextInt(size);
        var leaf = tree.leaves().get(index);
        var path = TreeProof.inclusion(index, size).hashes(tree.subtrees(), HASHER);
        assertThat(ReferenceTree.isIncluded(leaf, index, size, path, root)).isTrue();
        assertThat(ReferenceTree.isIncluded(changed(leaf, random), index, size, path, root))
                .isFalse();
        assertThat(ReferenceTree.isIncluded(leaf, index, size, path, changed(root, random)))
                .isFalse();
        var other = random.nextInt(size);
        assertThat(ReferenceTree.isIncluded(leaf, other, size, path, root)).isEqualTo(other == index);
        for (var wrong : changes(path, random)) {
            assertThat(ReferenceTree.isIncluded(leaf, index, size, wrong, root)).isFalse();
        }
    }

    @Property(tries = 300)
    void a_consistency_proof_convinces_for_its_trees_and_for_nothing_else(
            @ForAll @IntRange(min = 1, max = 300) int later, @ForAll Random random) {
        var tree = tree(later);
        var earlier = 1 + random.nextInt(later);
        var path = TreeProof.consistency(earlier, later).hashes(tree.subtrees(), HASHER);
        var first = tree.root(earlier);
        var second = tree.root(later);
        assertThat(ReferenceTree.isConsistent(earlier, later, path, first, second))
                .isTrue();
        assertThat(ReferenceTree.isConsistent(earlier, later, path, changed(first, random), second))
                .isFalse();
        assertThat(ReferenceTree.isConsistent(earlier, later, path, first, changed(second, random)))
                .isFalse();
        for (var wrong : changes(path, random)) {
            assertThat(ReferenceTree.isConsistent(earlier, later, wrong, first, second))
                    .isFalse();
        }
    }

    private static ReferenceTree tree(int size) {
        return new ReferenceTree(LongStream.range(0, size)
                .mapToObj(entry ->
                        HASHER.leaf(ByteBuffer.allocate(8).putLong(entry).array()))
                .toList());
    }

    /** One hash less, one more, and for each of them one bit changed. */
    private static List<List<byte[]>> changes(List<byte[]> path, Random random) {
        var changes = new ArrayList<List<byte[]>>();
        for (var i = 0; i < path.size(); i++) {
            var change = new ArrayList<>(path);
            change.set(i, changed(path.get(i), random));
            changes.add(change);
        }
        if (!path.isEmpty()) {
            changes.add(path.subList(1, path.size()));
            changes.add(path.subList(0, path.size() - 1));
        }
        var longer = new ArrayList<>(path);
        longer.add(new byte[TreeHasher.HASH_BYTES]);
        changes.add(longer);
        return changes;
    }

    private static byte[] changed(byte[] hash, Random random) {
        var changed = hash.clone();
        changed[random.nextInt(hash.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }
}
