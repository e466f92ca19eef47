package dev.recount.audit;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.Cursor;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /audit/checkpoints}: the issued checkpoints, in order. */
@JsonEndpoint
final class ListCheckpointsEndpoint {

    private final Checkpoints checkpoints;

    ListCheckpointsEndpoint(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    @GetMapping("/audit/checkpoints")
    @KnownParameters({Cursor.AFTER, Paging.PAGE_SIZE})
    @ReadsProjection({})
    Cursor.Part<Checkpoint> list(QueryParameters query) {
        var cursor = Cursor.of(query);
        return cursor.part(checkpoints.count(), checkpoints.after(cursor.after(), cursor.limit()), Checkpoint::number);
    }
}
