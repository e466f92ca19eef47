package dev.recount.query.issues;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.query.timetravel.AsOf;
import dev.recount.query.timetravel.AsOfResolver;
import dev.recount.query.timetravel.HistoryEpoch;
import dev.recount.query.timetravel.HistoryEpochs.Told;
import dev.recount.query.timetravel.PastResponse;
import dev.recount.web.Choice;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.Page;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code GET /issues}: the list of issues, newest first, by status, assignee and priority. Shows the present, or a past moment
 * ({@code as_of}).
 */
@JsonEndpoint
final class ListIssuesEndpoint {

    private static final Choice<IssueStatus> STATUS = Choice.of(IssueStatus.values(), IssueStatus::wireName);
    private static final Choice<IssuePriority> PRIORITY = Choice.of(IssuePriority.values(), IssuePriority::wireName);

    private final IssueList issues;
    private final PastIssueList pastIssues;
    private final IssueHistory history;
    private final AsOfResolver moments;
    private final EventLog log;
    private final LogPositions positions;

    ListIssuesEndpoint(
            IssueList issues,
            PastIssueList pastIssues,
            IssueHistory history,
            AsOfResolver moments,
            EventLog log,
            LogPositions positions) {
        this.positions = positions;
        this.issues = issues;
        this.pastIssues = pastIssues;
        this.history = history;
        this.moments = moments;
        this.log = log;
    }

    @GetMapping("/issues")
    @KnownParameters({"status", "assignee", "priority", AsOfResolver.AS_OF, Paging.PAGE, Paging.PAGE_SIZE})
    @ReadsProjection(value = IssueListProjection.NAME, cached = true)
    ResponseEntity<Page<IssueBody>> list(QueryParameters query) {
        var assignee = query.optionalId("assignee");
        var filter = new IssueFilter(
                query.optionalChoice("status", STATUS), assignee, query.optionalChoice("priority", PRIORITY));
        var moment = moments.askedFor(query);
        var paging = Paging.of(query);
        moment.map(AsOf::position).ifPresent(history::await);
        var told = moment.map(then ->
                history.tell(then.position(), () -> pastIssues.slice(then, filter, paging.offset(), paging.size())));
        var slice = told.map(Told::what).orElseGet(() -> issues.slice(filter, paging.offset(), paging.size()));
        // A user with issues exists, so the check is needed only for an empty list.
        if (slice.count() == 0 && assignee.isPresent() && !log.exists(StreamName.user(assignee.getAsLong()))) {
            query.reject("assignee", "must be an existing user");
            query.throwIfInvalid();
        }
        var page = paging.page(slice.count(), slice.issues());
        return moment.flatMap(then -> told.map(past -> past(then, past.rowsEpoch(), page)))
                .orElseGet(() -> ResponseEntity.ok(page));
    }

    private ResponseEntity<Page<IssueBody>> past(AsOf then, HistoryEpoch rowsEpoch, Page<IssueBody> page) {
        return ResponseEntity.ok()
                .headers(headers -> PastResponse.of(then, rowsEpoch, positions, headers))
                .eTag(rowsEpoch.tag(Long.toString(then.position()), positions))
                .body(page);
    }
}
