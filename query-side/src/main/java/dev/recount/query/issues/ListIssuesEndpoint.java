package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import dev.recount.events.StreamName;
import dev.recount.eventstore.EventLog;
import dev.recount.query.http.ReadsProjection;
import dev.recount.web.Choice;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.Page;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /issues}: newest first, by status and assignee. */
@JsonEndpoint
final class ListIssuesEndpoint {

    private static final Choice<IssueStatus> STATUS = Choice.of(IssueStatus.values(), IssueStatus::wireName);

    private final IssueList issues;
    private final EventLog log;

    ListIssuesEndpoint(IssueList issues, EventLog log) {
        this.issues = issues;
        this.log = log;
    }

    @GetMapping("/issues")
    @ReadsProjection(IssueListProjection.NAME)
    Page<IssueBody> list(QueryParameters query) {
        var status = query.optionalChoice("status", STATUS);
        var assignee = query.optionalId("assignee");
        var paging = Paging.of(query);
        var slice = issues.slice(status, assignee, paging.offset(), paging.size());
        // Who has issues exists, so only an empty list needs the question.
        if (slice.count() == 0 && assignee.isPresent() && !log.exists(StreamName.user(assignee.getAsLong()))) {
            query.reject("assignee", "must be an existing user");
            query.throwIfInvalid();
        }
        return paging.page(slice.count(), slice.issues());
    }
}
