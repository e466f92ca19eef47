package dev.recount.command.issue.importing;

import java.util.List;
import java.util.Map;

/** What became of a row. */
sealed interface RowVerdict {

    record Holds(NewIssue issue) implements RowVerdict {}

    /** @param errors a list of messages for each bad field */
    record Breaks(Map<String, List<String>> errors) implements RowVerdict {}
}
