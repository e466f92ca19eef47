package dev.recount.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the errors in the values of one request, so that one response reports all of them. */
final class FieldErrors {

    /**
     * More than a valid client needs. Without this limit, a bad body of one megabyte could cause a response of a
     * hundred.
     */
    private static final int MOST_NAMED = 5_000;

    private final boolean strict;
    private final Map<String, List<String>> messages = new LinkedHashMap<>();

    /** @param strict whether the client requested strict handling, which the response then confirms */
    FieldErrors(boolean strict) {
        this.strict = strict;
    }

    void add(String field, String message) {
        if (messages.size() < MOST_NAMED || messages.containsKey(field)) {
            messages.computeIfAbsent(field, name -> new ArrayList<>(1)).add(message);
        }
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void throwIfAny() {
        if (!isEmpty()) {
            Problem problem = ProblemType.invalid(messages);
            throw (strict ? problem.withHeader(Preferences.APPLIED, Preferences.STRICT) : problem).exception();
        }
    }
}
