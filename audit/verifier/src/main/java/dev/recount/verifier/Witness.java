package dev.recount.verifier;

/**
 * A claim about the log's root at one size.
 *
 * @param name for people, such as {@code checkpoint of size 12 in monday.txt}
 * @param signed whether by a known key; an unsigned root may have been altered together with the log
 */
public record Witness(String name, long size, Hash root, boolean signed) {

    public static Witness of(String source, Checkpoint checkpoint) {
        return new Witness(
                "the checkpoint of size " + checkpoint.size() + " in " + source,
                checkpoint.size(),
                checkpoint.root(),
                true);
    }
}
