package dev.recount.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A closed set of values with their names in JSON and in queries. */
public final class Choice<T> {

    private final Map<String, T> valueByName;
    private final String message;

    private Choice(Map<String, T> valueByName) {
        this.valueByName = valueByName;
        this.message = "must be one of " + String.join(", ", valueByName.keySet());
    }

    public static <T> Choice<T> of(T[] values, Function<T, String> name) {
        Map<String, T> valueByName = new LinkedHashMap<>();
        for (T value : values) {
            valueByName.put(name.apply(value), value);
        }
        return new Choice<>(valueByName);
    }

    public Optional<T> find(String name) {
        return Optional.ofNullable(valueByName.get(name));
    }

    /** The error message for an unknown name. */
    public String message() {
        return message;
    }
}
