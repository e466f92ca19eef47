package dev.recount.audit;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the log contradicts a checkpoint. It is not part of readiness, so reads continue. */
final class AuditHealth implements HealthIndicator {

    private final LogMonitor monitor;

    AuditHealth(LogMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public Health health() {
        return monitor.last()
                .map(inconsistency -> Health.down().withDetail("inconsistency", inconsistency.message()))
                .orElseGet(Health::up)
                .build();
    }
}
