package dev.recount.query.issues;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.query.timetravel.AsOfResolver;
import dev.recount.query.timetravel.HistoryEpochs;
import dev.recount.query.timetravel.PastResponse;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * {@code GET /issues/{id}}: the issue with its comments and labels. Shows the present, a past moment ({@code as_of}),
 * or a version. Returns 304 if the client already has it.
 */
@JsonEndpoint
final class ReadIssueEndpoint {

    private final IssuePages issues;
    private final IssueHistory history;
    private final AsOfResolver moments;
    private final MissingIssue missing;
    private final LogPositions positions;

    ReadIssueEndpoint(
            IssuePages issues,
            IssueHistory history,
            AsOfResolver moments,
            MissingIssue missing,
            LogPositions positions) {
        this.positions = positions;
        this.issues = issues;
        this.history = history;
        this.moments = moments;
        this.missing = missing;
    }

    @GetMapping("/issues/{id}")
    @KnownParameters({"version", AsOfResolver.AS_OF})
    @ReadsProjection(value = IssueListProjection.NAME, cached = true, issue = "id")
    ResponseEntity<IssuePage> read(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known,
            QueryParameters query) {
        var issueId = PathId.require(id, ProblemType.UNKNOWN_ISSUE);
        var moment = moments.askedFor(query);
        var version = query.optionalId("version");
        if (version.isPresent() && query.optionalText(AsOfResolver.AS_OF).isPresent()) {
            query.reject("version", "must not be given together with as_of");
        }
        query.throwIfInvalid();
        if (version.isPresent()) {
            var told = history.tell(Long.MAX_VALUE, () -> {
                var state = history.atVersion(version.getAsLong(), issueId);
                return new Past(state.position(), history.page(state));
            });
            return past(
                    told,
                    known,
                    headers -> PastResponse.settled(told.what().position(), told.rowsEpoch(), positions, headers));
        }
        if (moment.isPresent()) {
            var then = moment.get();
            var told = history.tell(
                    then.position(), () -> new Past(then.position(), history.page(history.at(then, issueId))));
            return past(told, known, headers -> PastResponse.of(then, told.rowsEpoch(), positions, headers));
        }
        var present = present(issueId);
        return answer(present, positions.tag(present.revision()), known, _ -> {});
    }

    private IssuePages.Found present(long issueId) {
        return issues.find(issueId).orElseThrow(() -> missing.problem(issueId));
    }

    private record Past(long position, IssuePages.Found found) {}

    private ResponseEntity<IssuePage> past(
            HistoryEpochs.Told<Past> told, @Nullable String known, Consumer<HttpHeaders> headers) {
        var found = told.what().found();
        return answer(found, told.rowsEpoch().tag(found.revision(), positions), known, headers);
    }

    private static ResponseEntity<IssuePage> answer(
            IssuePages.Found found, String tag, @Nullable String known, Consumer<HttpHeaders> headers) {
        // Spring compares tags, but treats the asterisk as a condition for writes only (RFC 9110, section 13.1.2).
        var status = "*".equals(known) ? HttpStatus.NOT_MODIFIED : HttpStatus.OK;
        return ResponseEntity.status(status).headers(headers).eTag(tag).body(found.page());
    }
}
