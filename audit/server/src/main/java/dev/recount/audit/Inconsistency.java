package dev.recount.audit;

/** The log is not what a checkpoint said it was: somebody has taken events from it, or put others in their place. */
record Inconsistency(Checkpoint checkpoint, String what) {

    String message() {
        return "The log contradicts checkpoint %d of %s, which covers %d events: %s"
                .formatted(checkpoint.number(), checkpoint.issuedAt(), checkpoint.size(), what);
    }
}
