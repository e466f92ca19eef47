package dev.recount.benchmarks;

import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.Origin;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.events.IssueStatus;

/** The commands as the endpoints dispatch them, without HTTP. */
record Commands(CommandDispatcher dispatcher, IdSequence issueIds) {

    /** Creates an issue and returns the position of its event. */
    long create() {
        return dispatched(new CreateIssue(issueIds.next(), Texts.TITLE, Texts.DESCRIPTION, IssueStatus.OPEN, null));
    }

    Workload creator() {
        return Workload.over(() -> {}, this::create);
    }

    /** Repeatedly edits its own issue, from the version after the last edit. */
    Workload editor() {
        long issue = issueIds.next();
        long created = dispatched(new CreateIssue(issue, Texts.TITLE, Texts.DESCRIPTION, IssueStatus.OPEN, null));
        return new Workload() {
            private long version = created > 0 ? 1 : 0;

            @Override
            public void runOnce() {
                dispatched(new EditIssue(issue, Texts.TITLE + " " + version, null, null, null, version, IfMatch.ANY));
                version++;
            }
        };
    }

    private long dispatched(Object command) {
        CommandResult<IssueOutcome> answer = dispatcher.dispatch(command, Origin.SYSTEM, IssueOutcome.class);
        if (answer.outcome() instanceof IssueOutcome.Refused(var rejection)) {
            throw new IllegalStateException(command + " was refused: " + rejection);
        }
        return answer.position().orElseThrow();
    }
}
