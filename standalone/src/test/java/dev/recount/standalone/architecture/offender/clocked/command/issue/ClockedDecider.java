package dev.recount.standalone.architecture.offender.clocked.command.issue;

import java.time.Instant;

final class ClockedDecider {

    Instant decide() {
        return Instant.now();
    }
}
