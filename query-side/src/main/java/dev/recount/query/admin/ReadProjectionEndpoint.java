package dev.recount.query.admin;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET /projections/{name}}: one projection. */
@JsonEndpoint
final class ReadProjectionEndpoint {

    private final ProjectionPath addressed;
    private final ProjectionOverview overview;

    ReadProjectionEndpoint(ProjectionPath addressed, ProjectionOverview overview) {
        this.addressed = addressed;
        this.overview = overview;
    }

    @GetMapping("/projections/{name}")
    @ReadsProjection({})
    ProjectionBody read(@PathVariable String name) {
        return overview.of(addressed.require(name));
    }
}
