package dev.recount.command.undo;

import dev.recount.command.issue.PastEvent;
import java.util.List;
import java.util.SortedMap;

/** The outcome of withdrawing imported issues. */
public sealed interface WithdrawalOutcome {

    /**
     * @param withdrawn how many issues are withdrawn, including those that already were
     * @param kept the issues that stay, with the changes made by other users
     */
    record Withdrawn(long withdrawn, SortedMap<Long, List<PastEvent>> kept) implements WithdrawalOutcome {}

    /** No issue was withdrawn, because of these changes made by other users. */
    record Objected(SortedMap<Long, List<PastEvent>> issues) implements WithdrawalOutcome {}

    /** A concurrent request has withdrawn the issues and recorded it. */
    record Over() implements WithdrawalOutcome {}
}
