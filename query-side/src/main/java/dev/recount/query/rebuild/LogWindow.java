package dev.recount.query.rebuild;

import dev.recount.query.projection.LoggedEvent;
import java.util.List;

/** All events after one position up to another. */
public record LogWindow(long after, long upTo, List<LoggedEvent> events) {}
