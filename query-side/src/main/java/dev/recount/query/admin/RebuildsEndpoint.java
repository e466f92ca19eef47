package dev.recount.query.admin;

import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.RunJson;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.Page;
import dev.recount.web.Paging;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import java.sql.SQLException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code GET /rebuilds}, newest first, {@code GET /rebuilds/{id}}, and {@code DELETE /rebuilds/{id}}, which cancels a
 * run.
 */
@JsonEndpoint
final class RebuildsEndpoint {

    /** More runs than are kept. */
    private static final int ALL = 1_000;

    private final RunPath addressed;
    private final Rebuilds rebuilds;

    RebuildsEndpoint(RunPath addressed, Rebuilds rebuilds) {
        this.addressed = addressed;
        this.rebuilds = rebuilds;
    }

    @GetMapping("/rebuilds")
    @KnownParameters({Paging.PAGE, Paging.PAGE_SIZE})
    @ReadsProjection({})
    Page<RunJson> list(QueryParameters query) throws SQLException {
        var paging = Paging.of(query);
        var runs = rebuilds.newest(ALL);
        var page = runs.stream()
                .skip(paging.offset())
                .limit(paging.size())
                .map(RunJson::withoutReport)
                .toList();
        return paging.page(runs.size(), page);
    }

    @GetMapping("/rebuilds/{id}")
    @ReadsProjection({})
    RunJson read(@PathVariable String id) throws SQLException {
        return RunJson.of(addressed.require(id));
    }

    @DeleteMapping("/rebuilds/{id}")
    ResponseEntity<RunJson> cancel(@PathVariable String id) throws SQLException {
        var run = addressed.require(id);
        return switch (rebuilds.cancel(run.id())) {
            case REQUESTED -> ResponseEntity.accepted().body(RunJson.of(addressed.require(id)));
            case UNKNOWN_RUN -> throw RunPath.unknown(id);
            case ALREADY_OVER ->
                throw ProblemType.REBUILD_OVER
                        .problem("Run %s cannot be cancelled, it has ended.".formatted(id))
                        .with("phase", addressed.require(id).phase().storedName())
                        .exception();
        };
    }
}
