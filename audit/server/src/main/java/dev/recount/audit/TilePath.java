package dev.recount.audit;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tile named by a path below {@code /tile/}, in the format of C2SP tlog-tiles.
 *
 * @param level of the tile; 0 for a bundle of entries
 * @param entries whether it is a bundle of entries, not of hashes
 * @param index of the tile within its level
 * @param width hashes or entries, {@value #FULL} for one that is not partial
 */
record TilePath(int level, boolean entries, long index, int width) {

    static final int FULL = 256;

    private static final int MAX_LEVEL = 63;
    private static final String ENTRIES = "entries";
    private static final int LEVELS_PER_TILE = 8;

    private static final Pattern PATH =
            Pattern.compile("/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** Empty for everything but the canonical name of a tile. */
    static Optional<TilePath> parse(String path) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var kind = parts.group(1);
        var index = parts.group(2);
        var width = parts.group(3) == null ? FULL : Integer.parseInt(parts.group(3));
        var entries = kind.equals(ENTRIES);
        var level = entries ? 0 : Integer.parseInt(kind);
        var partialButFull = parts.group(3) != null && width >= FULL;
        if (level > MAX_LEVEL || index.startsWith("x000") || partialButFull) {
            return Optional.empty();
        }
        return Optional.of(new TilePath(level, entries, Long.parseLong(index.replaceAll("[x/]", "")), width));
    }

    /** The level of the subtrees whose roots are the tile's hashes. */
    int subtreeLevel() {
        return LEVELS_PER_TILE * level;
    }

    long first() {
        return index * FULL;
    }

    /** Whether a tree of this size contains the whole tile. */
    boolean isIn(long size) {
        var hashes = subtreeLevel() < Long.SIZE ? size >>> subtreeLevel() : 0;
        var full = hashes / FULL;
        return index < full || (index == full && width <= hashes % FULL);
    }
}
