package dev.recount.audit;

/** The log contradicts a checkpoint: events were removed from it or replaced. */
record Inconsistency(Checkpoint checkpoint, String what) {

    String message() {
        return "The log contradicts checkpoint %d of %s, which covers %d events: %s"
                .formatted(checkpoint.number(), checkpoint.issuedAt(), checkpoint.size(), what);
    }
}
