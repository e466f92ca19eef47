package dev.recount.audit;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /audit/log}: the log's name in checkpoints and the identity that its positions carry. */
@JsonEndpoint
final class LogEndpoint {

    private final AuditConfiguration.Origin origin;
    private final LogIdentity identity;
    private final EventLog log;

    LogEndpoint(AuditConfiguration.Origin origin, LogIdentity identity, EventLog log) {
        this.origin = origin;
        this.identity = identity;
        this.log = log;
    }

    /**
     * @param identity new after a restore, while the origin stays
     * @param suffix the end of all positions of this log
     * @param head the position of the newest event
     */
    record Body(String origin, UUID identity, String suffix, long head) {}

    @GetMapping("/audit/log")
    @ReadsProjection(
            value = {},
            log = true)
    ResponseEntity<Body> log() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Body(origin.name(), identity.id(), "@" + identity.token(), log.head()));
    }
}
