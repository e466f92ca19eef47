package dev.recount.benchmarks.history;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.Assignment;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueState;
import dev.recount.events.IssueStatus;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The work on one issue, from one status to the next until it is abandoned or closed. */
final class IssueSteps {

    private final SplittableRandom random;
    private final Words words;
    private final People people;
    private boolean over;

    IssueSteps(SplittableRandom random, Words words, People people) {
        this.random = random;
        this.words = words;
        this.people = people;
        // One in ten is never worked on.
        this.over = random.nextInt(10) == 0;
    }

    boolean areOver() {
        return over;
    }

    IssueCommand next(IssueState issue) {
        int chance = random.nextInt(100);
        if (chance < 55) {
            return toNextStatus(issue);
        } else if (chance < 78) {
            return edit(issue, null, null, null, anyone());
        } else if (chance < 86) {
            return edit(issue, words.title(), null, null, null);
        } else if (chance < 98) {
            return edit(issue, null, words.description(), null, null);
        }
        return edit(issue, null, null, null, null);
    }

    /** An edit that starts work often sets the assignee, too. */
    private IssueCommand toNextStatus(IssueState issue) {
        int chance = random.nextInt(100);
        return switch (issue.status()) {
            case OPEN ->
                edit(
                        issue,
                        null,
                        null,
                        chance < 85 ? IssueStatus.IN_PROGRESS : closed(),
                        chance < 45 ? anyone() : null);
            case IN_PROGRESS -> edit(issue, null, null, chance < 90 ? IssueStatus.RESOLVED : IssueStatus.OPEN, null);
            case RESOLVED -> edit(issue, null, null, chance < 90 ? closed() : IssueStatus.OPEN, null);
            case CLOSED -> edit(issue, null, null, IssueStatus.OPEN, null);
        };
    }

    /** A closed issue is rarely changed again. */
    private IssueStatus closed() {
        over = random.nextInt(15) > 0;
        return IssueStatus.CLOSED;
    }

    private Assignment anyone() {
        return new Assignment(random.nextInt(12) == 0 ? null : people.anyone());
    }

    private static EditIssue edit(
            IssueState issue,
            @Nullable String title,
            @Nullable String description,
            @Nullable IssueStatus status,
            @Nullable Assignment assignment) {
        return new EditIssue(issue.id(), title, description, status, assignment, issue.version(), IfMatch.ANY);
    }
}
