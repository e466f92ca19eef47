package dev.recount.command.issue;

/** The outcome of a command on an issue, known once its events are in the log. */
public sealed interface IssueOutcome {

    /**
     * The command was carried out.
     *
     * @param state the state after the command
     * @param sequence that of the last event in the state
     */
    record Done(IssueState state, long sequence) implements IssueOutcome {}

    record Refused(Rejection rejection) implements IssueOutcome {}
}
