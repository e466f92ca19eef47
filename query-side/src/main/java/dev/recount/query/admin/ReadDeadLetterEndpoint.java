package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetter;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET /projections/{name}/dead-letters/{position}}: a refused event, or one that waits behind it. */
@JsonEndpoint
final class ReadDeadLetterEndpoint {

    private final DeadLetterPath addressed;

    ReadDeadLetterEndpoint(DeadLetterPath addressed) {
        this.addressed = addressed;
    }

    @GetMapping("/projections/{name}/dead-letters/{position}")
    @ReadsProjection({})
    DeadLetter read(@PathVariable String name, @PathVariable String position) {
        return addressed.require(name, position);
    }
}
