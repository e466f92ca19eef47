package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import dev.recount.events.StreamName;
import dev.recount.eventstore.EventLog;
import dev.recount.query.asof.Moment;
import dev.recount.query.asof.Moments;
import dev.recount.query.asof.PastAnswer;
import dev.recount.query.asof.PastEdition;
import dev.recount.query.asof.PastEditions.Told;
import dev.recount.query.http.ReadsProjection;
import dev.recount.web.Choice;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.Page;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /issues}: newest first, by status and assignee, as they are now or as they were at a moment ({@code as_of}). */
@JsonEndpoint
final class ListIssuesEndpoint {

    private static final Choice<IssueStatus> STATUS = Choice.of(IssueStatus.values(), IssueStatus::wireName);

    private final IssueList issues;
    private final PastIssueList pastIssues;
    private final IssueHistory history;
    private final Moments moments;
    private final EventLog log;
    private final LogPositions positions;

    ListIssuesEndpoint(
            IssueList issues,
            PastIssueList pastIssues,
            IssueHistory history,
            Moments moments,
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
    @KnownParameters({"status", "assignee", Moments.AS_OF, Paging.PAGE, Paging.PAGE_SIZE})
    @ReadsProjection(value = IssueListProjection.NAME, keepsAnswers = true)
    ResponseEntity<Page<IssueBody>> list(QueryParameters query) {
        var status = query.optionalChoice("status", STATUS);
        var assignee = query.optionalId("assignee");
        var moment = moments.askedFor(query);
        var paging = Paging.of(query);
        moment.map(Moment::position).ifPresent(history::await);
        var told = moment.map(then -> history.tell(
                then.position(), () -> pastIssues.slice(then, status, assignee, paging.offset(), paging.size())));
        var slice =
                told.map(Told::what).orElseGet(() -> issues.slice(status, assignee, paging.offset(), paging.size()));
        // Who has issues exists, so only an empty list needs the question.
        if (slice.count() == 0 && assignee.isPresent() && !log.exists(StreamName.user(assignee.getAsLong()))) {
            query.reject("assignee", "must be an existing user");
            query.throwIfInvalid();
        }
        var page = paging.page(slice.count(), slice.issues());
        return moment.flatMap(then -> told.map(past -> past(then, past.edition(), page)))
                .orElseGet(() -> ResponseEntity.ok(page));
    }

    private ResponseEntity<Page<IssueBody>> past(Moment then, PastEdition edition, Page<IssueBody> page) {
        return ResponseEntity.ok()
                .headers(headers -> PastAnswer.of(then, edition, positions, headers))
                .eTag(edition.tag(Long.toString(then.position()), positions))
                .body(page);
    }
}
