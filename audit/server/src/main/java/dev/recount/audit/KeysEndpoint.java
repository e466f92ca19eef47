package dev.recount.audit;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /audit/keys}: every public key that ever signed a checkpoint, the newest first. */
@JsonEndpoint
final class KeysEndpoint {

    private final Checkpoints checkpoints;

    KeysEndpoint(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    @GetMapping("/audit/keys")
    @ReadsProjection({})
    List<UsedKey> keys() {
        return checkpoints.keys();
    }
}
