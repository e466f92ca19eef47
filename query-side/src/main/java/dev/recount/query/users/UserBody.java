package dev.recount.query.users;

import java.time.Instant;

/** A user, as JSON. */
record UserBody(long id, String username, String displayName, Instant createdAt) {}
