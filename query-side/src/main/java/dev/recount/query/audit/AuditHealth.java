package dev.recount.query.audit;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the log contradicts a checkpoint. It is no part of readiness: what can be read is read all the same. */
final class AuditHealth implements HealthIndicator {

    private final TamperWatch watch;

    AuditHealth(TamperWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        return watch.last()
                .map(contradiction -> Health.down().withDetail("contradiction", contradiction.message()))
                .orElseGet(Health::up)
                .build();
    }
}
