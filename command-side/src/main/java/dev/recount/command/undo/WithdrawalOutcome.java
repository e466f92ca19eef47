package dev.recount.command.undo;

import dev.recount.command.issue.PastEvent;
import java.util.List;
import java.util.SortedMap;

/** What the withdrawing of imported issues came to. */
public sealed interface WithdrawalOutcome {

    /**
     * @param withdrawn how many are, those counted that were before
     * @param kept the issues that stay, and what others have done with them
     */
    record Withdrawn(long withdrawn, SortedMap<Long, List<PastEvent>> kept) implements WithdrawalOutcome {}

    /** None was withdrawn; what others have done with these speaks against it. */
    record Objected(SortedMap<Long, List<PastEvent>> issues) implements WithdrawalOutcome {}

    /** Somebody else has withdrawn them meanwhile and said so. */
    record Over() implements WithdrawalOutcome {}
}
