package dev.recount.command.undo.http;

import dev.recount.command.issue.PastEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The issues that speak against an undo: all of them by id, and of the first ones what was done with them. */
public final class UndoConflicts {

    /** Who is told of so many will look into the list of the others. */
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
