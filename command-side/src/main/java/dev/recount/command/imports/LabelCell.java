package dev.recount.command.imports;

import dev.recount.command.issue.IssueRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a cell of labels says: names with semicolons between them, judged one by one as those of {@code PUT
 * /issues/{id}/labels}; a blank cell names none, nothing stands between two semicolons or behind the last, and a name given
 * twice counts once.
 *
 * @param problems a message for each name that breaks a rule
 */
record LabelCell(List<String> names, List<String> problems) {

    static final LabelCell EMPTY = new LabelCell(List.of(), List.of());

    private static final char SEPARATOR = ';';

    /** A body of JSON is short; a cell without a bound would make a batch of any size. */
    private static final int MOST_NAMES = 1_000;

    static LabelCell of(String text) {
        if (IssueRules.trim(text).isEmpty()) {
            return EMPTY;
        }
        Set<String> names = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        int end;
        for (int start = 0; start <= text.length(); start = end + 1) {
            int separator = text.indexOf(SEPARATOR, start);
            end = separator < 0 ? text.length() : separator;
            String name = IssueRules.trim(text.substring(start, end));
            if (name.isEmpty()) {
                continue;
            }
            if (++number > MOST_NAMES) {
                return new LabelCell(List.of(), List.of("must be at most " + MOST_NAMES + " names"));
            }
            int place = number;
            IssueRules.problemOfLabel(name)
                    .ifPresentOrElse(problem -> problems.add("name " + place + " " + problem), () -> names.add(name));
        }
        return new LabelCell(List.copyOf(names), List.copyOf(problems));
    }
}
