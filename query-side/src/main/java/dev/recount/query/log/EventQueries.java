package dev.recount.query.log;

import dev.recount.events.EventType;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.EventLog;
import dev.recount.web.Choice;
import dev.recount.web.QueryParameters;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Parses the filter of an event request, and collects every error in it. */
@Component
final class EventQueries {

    static final String AFTER = "after";
    static final String LIMIT = "limit";

    private static final Choice<EventType> TYPE = Choice.of(EventType.values(), EventType::storedName);

    private final EventLog log;

    EventQueries(EventLog log) {
        this.log = log;
    }

    /** The filter by {@code type}, {@code actor}, {@code issue}, {@code from} and {@code to}; errors are collected. */
    EventFilter filter(QueryParameters query) {
        var type = query.optionalChoice("type", TYPE).map(EventType::storedName).orElse(null);
        var actor = existing(query, "actor", StreamName::user, "must be an existing user");
        var issue = existing(query, "issue", StreamName::issue, "must be an existing issue");
        var from = query.optionalTime("from").orElse(null);
        var to = query.optionalTime("to").orElse(null);
        if (from != null && to != null && from.isAfter(to)) {
            query.reject("from", "must not be after to");
        }
        return new EventFilter(issue == null ? null : StreamName.issue(issue), type, actor, from, to);
    }

    /** The maximum number of events, empty if the client sets none; errors are collected. */
    static OptionalLong limit(QueryParameters query) {
        return query.optionalId(LIMIT);
    }

    private @Nullable Long existing(QueryParameters query, String name, LongFunction<String> stream, String complaint) {
        var id = query.optionalId(name);
        if (id.isEmpty()) {
            return null;
        }
        if (!log.exists(stream.apply(id.getAsLong()))) {
            query.reject(name, complaint);
        }
        return id.getAsLong();
    }
}
