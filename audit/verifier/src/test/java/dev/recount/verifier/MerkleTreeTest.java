package dev.recount.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static final HexFormat HEX = HexFormat.of();

    /** The leaves and roots of the Certificate Transparency project's own tests. */
    @Test
    void roots_are_those_of_the_reference_tree() {
        var leaves = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        var roots = List.of(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        var tree = new MerkleTree();
        assertThat(tree.root().bytes())
                .asHexString()
                .isEqualToIgnoringCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (var i = 0; i < leaves.size(); i++) {
            tree.append(leafHash(HEX.parseHex(leaves.get(i))));
            assertThat(tree.root().bytes()).asHexString().isEqualToIgnoringCase(roots.get(i));
        }
    }

    @Test
    void every_root_is_that_of_the_recursive_definition_and_of_the_perfect_subtrees() {
        var tree = new MerkleTree();
        List<byte[]> hashes = new ArrayList<>();
        for (var size = 1; size <= 70; size++) {
            hashes.add(leafHash(new byte[] {(byte) size}));
            tree.append(hashes.getLast());
            assertThat(tree.root().bytes()).isEqualTo(root(hashes));
            assertThat(MerkleTree.of(size, frontier(hashes)).root()).isEqualTo(tree.root());
        }
    }

    private static byte[] leafHash(byte[] entry) {
        var digest = Sha256.digest();
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    /** RFC 9162, section 2.1.1, implemented literally. */
    private static byte[] root(List<byte[]> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        var k = Integer.highestOneBit(hashes.size() - 1);
        var digest = Sha256.digest();
        digest.update((byte) 1);
        digest.update(root(hashes.subList(0, k)));
        return digest.digest(root(hashes.subList(k, hashes.size())));
    }

    private static byte[] frontier(List<byte[]> hashes) {
        var frontier = new ByteArrayOutputStream();
        var from = 0;
        for (var subtree = Integer.highestOneBit(hashes.size()); subtree > 0; subtree /= 2) {
            if ((hashes.size() & subtree) != 0) {
                frontier.writeBytes(root(hashes.subList(from, from + subtree)));
                from += subtree;
            }
        }
        return frontier.toByteArray();
    }
}
