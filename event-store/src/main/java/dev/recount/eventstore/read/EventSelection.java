package dev.recount.eventstore.read;

import dev.recount.events.EventMetadata;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds a query for events of the log from conditions that must all hold. */
final class EventSelection {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    EventSelection where(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** Adds all conditions of the filter except the stream, which determines how the log is read. */
    EventSelection passing(EventFilter filter) {
        if (filter.type() != null) {
            where("type = ?", filter.type());
        }
        if (filter.actor() != null) {
            where(
                    "metadata ->> '" + EventMetadata.ACTOR + "' = ?",
                    filter.actor().toString());
        }
        if (filter.from() != null) {
            where("recorded_at >= ?", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            where("recorded_at < ?", filter.to().atOffset(ZoneOffset.UTC));
        }
        return this;
    }

    LogReader.Page read(LogReader reader, String attempt, String order, int limit, long mostChars) {
        String sql = "SELECT " + LogReader.COLUMNS + "\nFROM event_log\nWHERE " + String.join("\n  AND ", conditions)
                + "\nORDER BY " + order + "\nLIMIT ?\n";
        return reader.read(
                attempt,
                sql,
                statement -> {
                    int index = 1;
                    for (Object parameter : parameters) {
                        statement.setObject(index++, parameter);
                    }
                    statement.setInt(index, limit);
                },
                limit,
                mostChars);
    }
}
