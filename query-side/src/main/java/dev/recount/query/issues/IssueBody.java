package dev.recount.query.issues;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An issue in a list, as JSON. */
record IssueBody(
        long id,
        String title,
        String description,
        String status,
        @Nullable Long assignee,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
