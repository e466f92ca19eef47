package dev.recount.command.imports;

import dev.recount.command.issue.IssueRules;
import dev.recount.events.text.WhiteSpace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The label names of one cell, separated by semicolons and validated like those of {@code PUT /issues/{id}/labels}. A
 * blank cell has no names. Empty names between two semicolons or after the last are ignored, and a repeated name counts
 * once.
 *
 * @param problems a message for each name that breaks a rule
 */
record LabelCell(List<String> names, List<String> problems) {

    static final LabelCell EMPTY = new LabelCell(List.of(), List.of());

    private static final char SEPARATOR = ';';

    /** The body limit bounds a JSON list; an unbounded cell would make batches of any size. */
    private static final int MOST_NAMES = 1_000;

    static LabelCell of(String text) {
        if (WhiteSpace.trim(text).isEmpty()) {
            return EMPTY;
        }
        Set<String> names = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        int end;
        for (int start = 0; start <= text.length(); start = end + 1) {
            int separator = text.indexOf(SEPARATOR, start);
            end = separator < 0 ? text.length() : separator;
            String name = IssueRules.LABEL.prepare(text.substring(start, end));
            if (name.isEmpty()) {
                continue;
            }
            if (++number > MOST_NAMES) {
                return new LabelCell(List.of(), List.of("must be at most " + MOST_NAMES + " names"));
            }
            int place = number;
            IssueRules.LABEL
                    .problemOf(name)
                    .ifPresentOrElse(problem -> problems.add("name " + place + " " + problem), () -> names.add(name));
        }
        return new LabelCell(List.copyOf(names), List.copyOf(problems));
    }
}
