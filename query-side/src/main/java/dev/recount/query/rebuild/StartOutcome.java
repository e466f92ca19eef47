package dev.recount.query.rebuild;

import java.util.concurrent.CompletionStage;

/** The result of a request to start a run. */
public sealed interface StartOutcome {

    /** @param end completes with the run's final state, whatever its outcome */
    record Started(long id, CompletionStage<RebuildState> end) implements StartOutcome {}

    /** Nothing was started. */
    sealed interface Refused extends StartOutcome {
        String projection();
    }

    record UnknownProjection(String projection) implements Refused {}

    /** Another run works on it, on any node. */
    record Busy(String projection) implements Refused {}

    /** Its tables belong to newer code than this node's. */
    record NewerVersion(String projection, int storedVersion) implements Refused {}

    /** It cannot be verified: it was not filled yet, or by code of another version. */
    record NotComparable(String projection) implements Refused {}
}
