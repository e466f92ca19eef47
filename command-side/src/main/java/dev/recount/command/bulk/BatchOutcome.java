package dev.recount.command.bulk;

import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.Rejection;
import java.util.List;
import java.util.SortedMap;

/** The outcome of a batch. */
public sealed interface BatchOutcome {

    /** @param outcomes in the order of the commands */
    record AllDone(List<Done> outcomes) implements BatchOutcome {

        public AllDone {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param rejections the refused commands by their index in the batch
     */
    record NoneDone(SortedMap<Integer, Rejection> rejections) implements BatchOutcome {}
}
