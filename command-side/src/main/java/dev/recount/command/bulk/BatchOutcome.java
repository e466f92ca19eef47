package dev.recount.command.bulk;

import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.Rejection;
import java.util.List;
import java.util.SortedMap;

/** What a batch came to. */
public sealed interface BatchOutcome {

    /** In the order of the commands. */
    record AllDone(List<Done> outcomes) implements BatchOutcome {

        public AllDone {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Nothing was done; the rejections of those at fault by their index in the batch. */
    record NoneDone(SortedMap<Integer, Rejection> rejections) implements BatchOutcome {}
}
