package dev.recount.query.issues;

import dev.recount.events.Label;
import dev.recount.query.rows.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The labels of a state as JSON in one column, sorted by name. */
final class LabelsJson {

    static final JsonText NONE = new JsonText("[]");

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Label>> LABELS = new TypeReference<>() {};

    /** Byte order, as in PostgreSQL. Java compares characters beyond U+FFFF differently. */
    private static final Comparator<Label> BY_NAME = (one, other) -> Arrays.compareUnsigned(
            one.name().getBytes(StandardCharsets.UTF_8), other.name().getBytes(StandardCharsets.UTF_8));

    private LabelsJson() {}

    static JsonText of(List<Label> labels) {
        return labels.isEmpty()
                ? NONE
                : new JsonText(
                        JSON.writeValueAsString(labels.stream().sorted(BY_NAME).toList()));
    }

    static List<Label> read(String json) {
        return json.equals(NONE.text()) ? List.of() : JSON.readValue(json, LABELS);
    }
}
