package dev.recount.audit;

import java.time.Instant;

/** A public key, in the format of C2SP signed-note, that checkpoints were signed with. */
record UsedKey(String vkey, Instant firstUsedAt) {}
