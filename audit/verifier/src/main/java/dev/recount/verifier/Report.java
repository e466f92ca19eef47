package dev.recount.verifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param events how many were read
 * @param root the root of the events; null if one was unreadable or missing
 * @param witnesses the known roots that it was compared with
 * @param findings the first of them, by position
 * @param findingsTotal how many there are
 * @param intactUpTo the position up to which a signed root proves that nothing was altered
 * @param firstBad one of these positions is the first altered one; null if the log is intact or the fault has no
 *     position
 * @param rewritten the first of several such positions that the source shows as rewritten, which is a hint and no proof
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
     * A known root, and the roots found at that size.
     *
     * @param byEvents whether the events lead to it; null if they could not be counted up to there
     * @param byRecordedHashes whether the hashes stored with the events lead to it; null likewise
     */
    public record Witnessed(
            Witness witness,
            @Nullable Boolean byEvents,
            @Nullable Boolean byRecordedHashes) {}

    public boolean isIntact() {
        return findingsTotal == 0;
    }
}
