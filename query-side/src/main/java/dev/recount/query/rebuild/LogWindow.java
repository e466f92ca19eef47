package dev.recount.query.rebuild;

import dev.recount.query.projection.LoggedEvent;
import java.util.List;

/** The events after one position up to another, all of them. */
public record LogWindow(long after, long upTo, List<LoggedEvent> events) {}
