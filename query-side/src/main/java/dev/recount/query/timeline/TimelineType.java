package dev.recount.query.timeline;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.recount.query.timeline.TimelineDetails.Assignment;
import dev.recount.query.timeline.TimelineDetails.Comment;
import dev.recount.query.timeline.TimelineDetails.Created;
import dev.recount.query.timeline.TimelineDetails.DescriptionChange;
import dev.recount.query.timeline.TimelineDetails.LabelUpdate;
import dev.recount.query.timeline.TimelineDetails.PriorityChange;
import dev.recount.query.timeline.TimelineDetails.StatusChange;
import dev.recount.query.timeline.TimelineDetails.TitleChange;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of entries, with their names in responses and in the table, and the stored form of their details. */
enum TimelineType {
    CREATED("created", Created.class),
    STATUS_CHANGE("status_change", StatusChange.class),
    COMMENT("comment", Comment.class),
    LABEL_UPDATE("label_update", LabelUpdate.class),
    ASSIGNMENT("assignment", Assignment.class),
    PRIORITY_CHANGE("priority_change", PriorityChange.class),
    TITLE_CHANGE("title_change", TitleChange.class),
    DESCRIPTION_CHANGE("description_change", DescriptionChange.class);

    /** A separate mapper, so that the stored form does not change with the settings for responses. */
    private static final JsonMapper STORED_FORM = JsonMapper.builder().build();

    private static final Map<String, TimelineType> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(TimelineType::wireName, Function.identity()));

    private final String wireName;
    private final Class<? extends TimelineDetails> detailsClass;

    TimelineType(String wireName, Class<? extends TimelineDetails> detailsClass) {
        this.wireName = wireName;
        this.detailsClass = detailsClass;
    }

    @JsonValue
    String wireName() {
        return wireName;
    }

    static TimelineType of(TimelineDetails details) {
        return switch (details) {
            case Created _ -> CREATED;
            case StatusChange _ -> STATUS_CHANGE;
            case Comment _ -> COMMENT;
            case LabelUpdate _ -> LABEL_UPDATE;
            case Assignment _ -> ASSIGNMENT;
            case PriorityChange _ -> PRIORITY_CHANGE;
            case TitleChange _ -> TITLE_CHANGE;
            case DescriptionChange _ -> DESCRIPTION_CHANGE;
        };
    }

    /** @throws IllegalArgumentException if the name is not one of an entry type */
    static TimelineType of(String wireName) {
        var type = BY_WIRE_NAME.get(wireName);
        if (type == null) {
            throw new IllegalArgumentException("unknown type of entry " + wireName);
        }
        return type;
    }

    static String storedForm(TimelineDetails details) {
        return STORED_FORM.writeValueAsString(details);
    }

    TimelineDetails read(String storedForm) {
        return STORED_FORM.readValue(storedForm, detailsClass);
    }
}
