package dev.recount.benchmarks.history;

import dev.recount.command.issue.Decision;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueState;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One issue from its creation on: it gets comments and work, and is mostly closed in the end. */
final class IssueLife {

    /** The minimum of a skewed distribution: most commented issues have few comments, and some have hundreds. */
    private static final double FEWEST_COMMENTS = 3;

    private static final double TAIL_OF_COMMENTS = 1.3;
    private static final int MOST_COMMENTS = 800;

    /** With this many comments left, a comment and a step of work are equally likely. */
    private static final double COMMENTS_PER_STEP = 3;

    private static final List<IssueStatus> STATUSES = List.of(IssueStatus.values());
    private static final double MICROS_PER_HOUR = 3.6e9;
    private static final double SHORTEST_PACE_HOURS = 2;
    private static final double LONGEST_PACE_HOURS = 400;

    private final long id;
    private final SplittableRandom random;
    private final Words words;
    private final People people;
    private final boolean livesOn;
    private final double paceHours;
    private final IssueSteps steps;
    private int commentsLeft;
    private @Nullable IssueState state;
    private long sequence;

    IssueLife(long id, SplittableRandom random, Words words, People people, boolean livesOn) {
        this.id = id;
        this.random = random;
        this.words = words;
        this.people = people;
        this.livesOn = livesOn;
        this.paceHours = SHORTEST_PACE_HOURS * Math.pow(LONGEST_PACE_HOURS / SHORTEST_PACE_HOURS, random.nextDouble());
        this.steps = new IssueSteps(random, words, people);
        this.commentsLeft = livesOn ? comments() : 0;
    }

    private int comments() {
        double pareto = FEWEST_COMMENTS * Math.pow(1 - random.nextDouble(), -1 / TAIL_OF_COMMENTS);
        return random.nextInt(5) == 0 ? 0 : (int) Math.min(pareto, MOST_COMMENTS);
    }

    long id() {
        return id;
    }

    long nextSequence() {
        return sequence++;
    }

    /** Whether nothing more happens to it. */
    boolean isOver() {
        return !livesOn || (steps.areOver() && commentsLeft == 0);
    }

    /** Comments come faster than work. */
    Duration untilNext() {
        double hours = -Math.log(1 - random.nextDouble()) * paceHours / (1 + commentsLeft / COMMENTS_PER_STEP);
        return Duration.of(Math.max(1, (long) (hours * MICROS_PER_HOUR)), ChronoUnit.MICROS);
    }

    List<IssueEvent> open(Instant at) {
        IssueStatus status =
                livesOn && random.nextInt(20) > 0 ? IssueStatus.OPEN : STATUSES.get(random.nextInt(STATUSES.size()));
        Long assignee = random.nextInt(livesOn ? 5 : 2) == 0 ? people.anyone() : null;
        return carryOut(at, new CreateIssue(id, words.title(), words.description(), status, assignee));
    }

    /** The next change; empty if labels were replaced by the same. */
    List<IssueEvent> goOn(Instant at, Supplier<List<Label>> labels, LongSupplier commentIds) {
        boolean talk = random.nextDouble() * (commentsLeft + COMMENTS_PER_STEP) < commentsLeft;
        if (steps.areOver() || talk) {
            commentsLeft--;
            long author = people.anyone();
            return carryOut(
                    at,
                    new CommentOnIssue(id, commentIds.getAsLong(), author, people.username(author), words.comment()));
        }
        IssueState present = Objects.requireNonNull(state);
        return random.nextInt(6) == 0
                ? carryOut(at, new ReplaceLabels(id, labels.get()))
                : carryOut(at, steps.next(present));
    }

    private List<IssueEvent> carryOut(Instant at, IssueCommand command) {
        if (IssueDecider.decide(state, sequence - 1, command) instanceof Decision.Accepted(var events)) {
            for (IssueEvent event : events) {
                state = IssueEvolution.evolve(state, event, at);
            }
            return events;
        }
        throw new IllegalStateException("refused: " + command);
    }
}
