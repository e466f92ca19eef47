package dev.recount.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/** The status of an issue. Any status may follow any other. */
public enum IssueStatus {
    OPEN("open"),
    IN_PROGRESS("in_progress"),
    RESOLVED("resolved"),
    CLOSED("closed");

    private final String wireName;

    IssueStatus(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, in the log and in the read models. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Resolved and closed issues count as done. */
    public boolean isDone() {
        return this == RESOLVED || this == CLOSED;
    }

    public static Optional<IssueStatus> parse(String wireName) {
        return Stream.of(values())
                .filter(status -> status.wireName.equals(wireName))
                .findFirst();
    }

    /** @throws IllegalArgumentException if the name is none of the four */
    @JsonCreator
    public static IssueStatus of(String wireName) {
        return parse(wireName).orElseThrow(() -> new IllegalArgumentException("unknown status " + wireName));
    }
}
