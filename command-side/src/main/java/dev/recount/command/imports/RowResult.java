package dev.recount.command.imports;

import java.util.List;
import java.util.Map;

/** The result of validating a row. */
sealed interface RowResult {

    record Holds(NewIssue issue) implements RowResult {}

    /** @param errors a list of messages for each bad field */
    record Breaks(Map<String, List<String>> errors) implements RowResult {}
}
