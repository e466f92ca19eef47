package dev.recount.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/** The priority of an issue, from the lowest to the highest. Any priority may follow any other. */
public enum IssuePriority {
    NONE("none"),
    LOW("low"),
    MEDIUM("medium"),
    HIGH("high"),
    URGENT("urgent");

    private final String wireName;

    IssuePriority(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, in the log and in the read models. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    public static Optional<IssuePriority> parse(String wireName) {
        return Stream.of(values())
                .filter(priority -> priority.wireName.equals(wireName))
                .findFirst();
    }

    /** @throws IllegalArgumentException if there is no priority of this name */
    @JsonCreator
    public static IssuePriority of(String wireName) {
        return parse(wireName).orElseThrow(() -> new IllegalArgumentException("unknown priority " + wireName));
    }
}
