package dev.recount.query.timeline;

import dev.recount.query.issues.MissingIssue;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET /issues/{id}/timeline}: the changes of an issue in the order in which they happened. */
@JsonEndpoint
final class ReadTimelineEndpoint {

    private final Timelines timelines;
    private final MissingIssue missing;

    ReadTimelineEndpoint(Timelines timelines, MissingIssue missing) {
        this.timelines = timelines;
        this.missing = missing;
    }

    @GetMapping("/issues/{id}/timeline")
    @ReadsProjection(value = TimelineProjection.NAME, cached = true, issue = "id")
    List<TimelineEntry> read(@PathVariable String id) {
        var issueId = PathId.require(id, ProblemType.UNKNOWN_ISSUE);
        var entries = timelines.of(issueId);
        if (entries.isEmpty()) {
            throw missing.problem(issueId);
        }
        return entries;
    }
}
