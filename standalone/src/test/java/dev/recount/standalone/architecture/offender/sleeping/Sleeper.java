package dev.recount.standalone.architecture.offender.sleeping;

import java.time.Duration;

final class Sleeper {

    void rest() throws InterruptedException {
        Thread.sleep(Duration.ZERO);
    }
}
