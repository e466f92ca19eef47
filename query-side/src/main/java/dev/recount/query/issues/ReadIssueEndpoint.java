package dev.recount.query.issues;

import dev.recount.query.http.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code GET /issues/{id}}: the issue with its comments and labels; 304 where the client has it already. */
@JsonEndpoint
final class ReadIssueEndpoint {

    private final IssuePages issues;
    private final MissingIssue missing;

    ReadIssueEndpoint(IssuePages issues, MissingIssue missing) {
        this.issues = issues;
        this.missing = missing;
    }

    @GetMapping("/issues/{id}")
    @ReadsProjection(IssueListProjection.NAME)
    ResponseEntity<IssuePage> read(
            @PathVariable String id, @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        var issueId = PathId.require(id, ProblemType.UNKNOWN_ISSUE);
        var found = issues.find(issueId).orElseThrow(() -> missing.problem(issueId));
        // Spring compares tags, but takes the asterisk for a condition of writes only (RFC 9110, section 13.1.2).
        var status = "*".equals(known) ? HttpStatus.NOT_MODIFIED : HttpStatus.OK;
        return ResponseEntity.status(status).eTag(found.entityTag()).body(found.page());
    }
}
