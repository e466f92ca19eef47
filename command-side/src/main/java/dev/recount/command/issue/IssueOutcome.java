package dev.recount.command.issue;

/** What a command on an issue came to, told when it is in the log. */
public sealed interface IssueOutcome {

    /** Carried out; the state is the one after it, and {@code sequence} that of the last event it holds. */
    record Done(IssueState state, long sequence) implements IssueOutcome {}

    record Refused(Rejection rejection) implements IssueOutcome {}
}
