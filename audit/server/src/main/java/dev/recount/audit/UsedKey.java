package dev.recount.audit;

import java.time.Instant;

/** A public key that has signed checkpoints, in the format of C2SP signed-note. */
record UsedKey(String vkey, Instant firstUsedAt) {}
