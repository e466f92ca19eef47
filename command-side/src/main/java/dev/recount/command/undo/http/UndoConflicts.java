package dev.recount.command.undo.http;

import dev.recount.command.issue.PastEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The issues that conflict with an undo: all their ids, and for the first ones the conflicting events. */
public final class UndoConflicts {

    /** Further issues are listed by id only. */
    private static final int TOLD = 100;

    private final List<Long> issues = new ArrayList<>();
    private final SortedMap<Long, List<PastEvent>> told = new TreeMap<>();

    public static UndoConflicts of(SortedMap<Long, List<PastEvent>> issues) {
        UndoConflicts objections = new UndoConflicts();
        objections.add(issues);
        return objections;
    }

    void add(SortedMap<Long, List<PastEvent>> more) {
        issues.addAll(more.keySet());
        more.forEach((issue, events) -> {
            if (told.size() < TOLD) {
                told.put(issue, events);
            }
        });
    }

    public List<Long> issues() {
        return issues;
    }

    public SortedMap<Long, List<PastEvent>> told() {
        return told;
    }
}
