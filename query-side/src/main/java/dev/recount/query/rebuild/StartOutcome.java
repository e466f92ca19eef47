package dev.recount.query.rebuild;

import java.util.concurrent.CompletionStage;

/** What came of asking for a run. */
public sealed interface StartOutcome {

    /** @param end gives the run's last state, whatever came of it */
    record Started(long id, CompletionStage<RebuildState> end) implements StartOutcome {}

    /** Nothing was started. */
    sealed interface Refused extends StartOutcome {
        String projection();
    }

    record UnknownProjection(String projection) implements Refused {}

    /** Another run works on it, on whichever node. */
    record Busy(String projection) implements Refused {}

    /** Its tables belong to newer code than this node's. */
    record NewerVersion(String projection, int storedVersion) implements Refused {}

    /** It cannot be verified: it was not filled yet, or by code of another version. */
    record NotComparable(String projection) implements Refused {}
}
