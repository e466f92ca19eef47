package dev.recount.verifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification came to.
 *
 * @param events how many were read
 * @param root to which they lead; nothing where one could not be read, or is missing
 * @param witnesses what their root was compared with
 * @param findings the first of them, by position
 * @param findingsTotal how many there are
 * @param intactUpTo the position up to which a signed root proves that nothing was altered
 * @param firstBad one of these positions is the first that is not what it was; nothing where the log is intact, or what is
 *     wrong has no position
 * @param rewritten the first of several such positions that the source knows to have been written again, which is a hint
 *     and no proof
 */
public record Report(
        String source,
        String origin,
        long events,
        @Nullable Hash root,
        List<Witnessed> witnesses,
        List<Finding> findings,
        long findingsTotal,
        long intactUpTo,
        @Nullable Stretch firstBad,
        @Nullable Long rewritten) {

    /**
     * A root that was known, and the roots found at that size.
     *
     * @param byEvents whether the events lead to it; nothing where they could not be counted up to there
     * @param byRecordedHashes whether the hashes lead to it that were written down beside the events; nothing as well
     */
    public record Witnessed(
            Witness witness,
            @Nullable Boolean byEvents,
            @Nullable Boolean byRecordedHashes) {}

    public boolean isIntact() {
        return findingsTotal == 0;
    }
}
