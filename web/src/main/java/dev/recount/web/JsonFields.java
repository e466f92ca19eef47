package dev.recount.web;

import dev.recount.events.text.TextRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object in a body, read strictly. {@code "1"}, {@code 1.0} and {@code true} are not integers, and
 * null is a value only for a nullable field. A bad field adds an error and returns a placeholder. So values must not be
 * used before {@link #throwIfInvalid()}.
 *
 * <p>Unknown fields are ignored, or become errors if the client requests strict handling.
 */
public final class JsonFields {

    private static final String REQUIRED = "is required";

    private final JsonNode object;
    private final FieldErrors errors;
    private final String prefix;
    /** Fields that were read, null if unknown fields are ignored. */
    private final @Nullable Set<String> asked;

    JsonFields(JsonNode object, FieldErrors errors, String prefix, boolean strict) {
        this.object = object;
        this.errors = errors;
        this.prefix = prefix;
        this.asked = strict ? new HashSet<>() : null;
    }

    /** Whether the field is present, even as null. */
    public boolean has(String field) {
        return value(field) != null;
    }

    /** The text after the rule's trimming, or an empty text if the field is bad. */
    public String requiredText(String field, TextRule rule) {
        noteIfAbsent(field);
        return optionalText(field, rule).orElse("");
    }

    /** Empty if the field is absent. Null is an error. */
    public Optional<String> optionalText(String field, TextRule rule) {
        JsonNode value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            noteKind(field, "a text", value);
            return Optional.empty();
        }
        String text = rule.prepare(value.stringValue());
        rule.problemOf(text).ifPresent(complaint -> reject(field, complaint));
        return Optional.of(text);
    }

    /** Empty if the field is absent or bad. Null is an error, and so is an item that is not a text. */
    public Optional<List<String>> optionalTexts(String field, TextRule rule) {
        JsonNode value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            noteKind(field, "a list of texts", value);
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            String place = field + "[" + texts.size() + "]";
            if (item.isString()) {
                rule.problemOf(rule.prepare(item.stringValue())).ifPresent(complaint -> reject(place, complaint));
                texts.add(rule.prepare(item.stringValue()));
            } else {
                noteKind(place, "a text", item);
                texts.add("");
            }
        }
        return Optional.of(List.copyOf(texts));
    }

    /** Returns 0 if the field is bad. */
    public long requiredInteger(String field) {
        noteIfAbsent(field);
        return optionalInteger(field).orElse(0);
    }

    /** Empty if the field is absent. Null is an error. */
    public OptionalLong optionalInteger(String field) {
        return integer(field, value(field));
    }

    /** Empty if the field is absent or null; {@link #has(String)} distinguishes these. */
    public OptionalLong nullableInteger(String field) {
        JsonNode value = value(field);
        return value != null && value.isNull() ? OptionalLong.empty() : integer(field, value);
    }

    /** Empty if the field is bad. */
    public <T> Optional<T> requiredChoice(String field, Choice<T> choice) {
        noteIfAbsent(field);
        return optionalChoice(field, choice);
    }

    /** Empty if the field is absent or bad. Null is an error. */
    public <T> Optional<T> optionalChoice(String field, Choice<T> choice) {
        JsonNode value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            noteKind(field, "a text", value);
            return Optional.empty();
        }
        Optional<T> chosen = choice.find(value.stringValue());
        if (chosen.isEmpty()) {
            reject(field, choice.message());
        }
        return chosen;
    }

    /** False if the field is absent or bad. Null is an error. */
    public boolean optionalFlag(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            noteKind(field, "true or false", value);
            return false;
        }
        return value.booleanValue();
    }

    /** Adds an error for a rule that only the caller knows, such as the existence of a user. */
    public void reject(String field, String message) {
        errors.add(prefix + field, message);
    }

    /** Whether there is any error so far, in a list for any of its items. */
    public boolean isInvalid() {
        return !errors.isEmpty();
    }

    /** Ends the request with 400 {@code validation-failed} if there is any error. */
    public void throwIfInvalid() {
        noteUnasked();
        errors.throwIfAny();
    }

    /**
     * Adds an error for each unknown field if strict handling is requested. Call this after all fields have been read.
     */
    void noteUnasked() {
        Set<String> known = asked;
        if (known != null) {
            object.propertyNames().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> reject(name, "is no field that can be set here"));
        }
    }

    private @Nullable JsonNode value(String field) {
        if (asked != null) {
            asked.add(field);
        }
        return object.get(field);
    }

    private OptionalLong integer(String field, @Nullable JsonNode value) {
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()) {
            noteKind(field, "an integer", value);
            return OptionalLong.empty();
        }
        if (!value.canConvertToLong()) {
            reject(field, "must fit into 64 bits");
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.longValue());
    }

    private void noteIfAbsent(String field) {
        if (!has(field)) {
            reject(field, REQUIRED);
        }
    }

    private void noteKind(String field, String expected, JsonNode found) {
        reject(field, found.isNull() ? "must not be null" : "must be " + expected + ", not " + JsonKind.of(found));
    }
}
