package dev.recount.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The next sequence of each stream, in 24 bytes per stream and the same again as room to grow.
 *
 * <p>Identifies streams by the first 128 bits of their name's SHA-256, for which finding a collision is infeasible.
 */
final class StreamSequences {

    private static final int FIRST = 1 << 10;

    private final MessageDigest digest = Sha256.digest();
    private long[] highs = new long[FIRST];
    private long[] lows = new long[FIRST];
    /** 0 for a free slot. */
    private long[] nexts = new long[FIRST];

    private int streams;

    /** Returns the stream's expected sequence, and expects the one after the given sequence next. */
    long take(String stream, long sequence) {
        var key = ByteBuffer.wrap(digest.digest(stream.getBytes(StandardCharsets.UTF_8)));
        var place = place(key.getLong(), key.getLong());
        if (nexts[place] == 0) {
            highs[place] = key.getLong(0);
            lows[place] = key.getLong(Long.BYTES);
            streams++;
        }
        var next = nexts[place];
        nexts[place] = Math.max(1, sequence + 1);
        if (next == 0 && streams > nexts.length / 2) {
            grow();
        }
        return next;
    }

    private int place(long high, long low) {
        var place = (int) high & nexts.length - 1;
        while (nexts[place] != 0 && (highs[place] != high || lows[place] != low)) {
            place = place + 1 & nexts.length - 1;
        }
        return place;
    }

    private void grow() {
        var oldHighs = highs;
        var oldLows = lows;
        var oldNexts = nexts;
        highs = new long[oldNexts.length * 2];
        lows = Arrays.copyOf(highs, highs.length);
        nexts = Arrays.copyOf(highs, highs.length);
        for (var old = 0; old < oldNexts.length; old++) {
            if (oldNexts[old] != 0) {
                var place = place(oldHighs[old], oldLows[old]);
                highs[place] = oldHighs[old];
                lows[place] = oldLows[old];
                nexts[place] = oldNexts[old];
            }
        }
    }
}
