package dev.recount.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with the values of one request, so that the client hears all of it at once. */
final class FieldErrors {

    /** More than any good client needs; a megabyte of nonsense would otherwise cost a hundred to answer. */
    private static final int MOST_NAMED = 5_000;

    private final boolean strict;
    private final Map<String, List<String>> messages = new LinkedHashMap<>();

    /** @param strict whether the client asked for it, which the answer then confirms */
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
