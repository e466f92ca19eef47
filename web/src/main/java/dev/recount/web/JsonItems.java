package dev.recount.web;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The items of a list in a body. They share one collection of errors, with keys such as {@code [2].status}. */
public final class JsonItems implements Iterable<JsonFields> {

    private final List<JsonFields> items;
    private final FieldErrors errors;

    JsonItems(List<JsonFields> items, FieldErrors errors) {
        this.items = items;
        this.errors = errors;
    }

    public int size() {
        return items.size();
    }

    @Override
    public Iterator<JsonFields> iterator() {
        return items.iterator();
    }

    public Stream<JsonFields> stream() {
        return items.stream();
    }

    /** Ends the request with 400 {@code validation-failed} if there is any error. */
    public void throwIfInvalid() {
        items.forEach(JsonFields::noteUnasked);
        errors.throwIfAny();
    }
}
