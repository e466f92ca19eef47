package dev.recount.query.issues;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;

/** A single issue as JSON, with its comments, oldest first, and its labels by name. */
record IssuePage(@JsonUnwrapped IssueBody issue, List<Comment> comments, List<Label> labels) {

    /** The author is a username. */
    record Comment(long id, String body, String author, Instant createdAt) {}
}
