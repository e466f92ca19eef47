package dev.recount.query.admin;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /projections}: all projections by name, without waiting for any. */
@JsonEndpoint
final class ListProjectionsEndpoint {

    private final ProjectionOverview overview;

    ListProjectionsEndpoint(ProjectionOverview overview) {
        this.overview = overview;
    }

    @GetMapping("/projections")
    @ReadsProjection({})
    List<ProjectionBody> list() {
        return overview.all();
    }
}
