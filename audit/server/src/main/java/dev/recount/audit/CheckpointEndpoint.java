package dev.recount.audit;

import dev.recount.query.responses.ReadsProjection;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /audit/checkpoint}: the current log, signed, in the format of C2SP tlog-checkpoint. */
@RestController
final class CheckpointEndpoint {

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");

    private final CheckpointIssuer issuer;

    CheckpointEndpoint(CheckpointIssuer issuer) {
        this.issuer = issuer;
    }

    @GetMapping(path = "/audit/checkpoint", produces = "text/plain;charset=utf-8")
    @ReadsProjection(
            value = {},
            log = true)
    ResponseEntity<String> checkpoint() {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noStore())
                .body(issuer.issue());
    }
}
