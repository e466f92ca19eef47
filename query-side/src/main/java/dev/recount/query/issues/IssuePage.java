package dev.recount.query.issues;

import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A single issue as JSON, with its comments, oldest first, and its labels by name. */
record IssuePage(
        long id,
        String title,
        String description,
        String status,
        @Nullable Long assignee,
        long version,
        Instant createdAt,
        Instant updatedAt,
        List<Comment> comments,
        List<Label> labels) {

    /** The author is a username. */
    record Comment(long id, String body, String author, Instant createdAt) {}
}
