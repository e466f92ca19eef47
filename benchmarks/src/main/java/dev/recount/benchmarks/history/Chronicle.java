package dev.recount.benchmarks.history;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.recount.events.IssueEvent;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.StreamName;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.axonframework.eventhandling.DomainEventMessage;

/** Generates a history: the next change is to a new issue or to one with pending changes. */
final class Chronicle implements Iterator<List<DomainEventMessage<?>>> {

    /**
     * The average number of events of an issue. It only controls the rate of new issues, so that the history fills its
     * span.
     */
    private static final double EVENTS_PER_ISSUE = 17;

    private static final Duration BETWEEN_REGISTRATIONS = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.of(1, MICROS);

    /**
     * The minimum remaining time used for the rate of new issues, so that the rate stays realistic when the span is
     * over.
     */
    private static final Duration LEAST_LEFT = History.SPAN.dividedBy(50);

    /** An issue and the time of its next change. */
    private record Due(Instant at, IssueLife issue) {}

    private final History history;
    private final SplittableRandom random;
    private final People people;
    private final LabelShelf labels;
    private final Words words;
    private final PriorityQueue<Due> due = new PriorityQueue<>(
            Comparator.comparing(Due::at).thenComparingLong(next -> next.issue().id()));
    private Instant nextIssueAt = History.START;
    private long told;
    private int registered;
    private long issues;
    private long comments;

    Chronicle(History history) {
        this.history = history;
        this.random = new SplittableRandom(history.seed());
        this.people = new People(random, history.users());
        this.labels = new LabelShelf(random);
        this.words = new Words(random);
    }

    @Override
    public boolean hasNext() {
        return told < history.events();
    }

    @Override
    public List<DomainEventMessage<?>> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<DomainEventMessage<?>> change = registered < history.users() ? registration() : somethingOfAnIssue();
        List<DomainEventMessage<?>> wanted = change.subList(0, (int) Math.min(change.size(), history.events() - told));
        told += wanted.size();
        return wanted;
    }

    private List<DomainEventMessage<?>> registration() {
        Instant at = nextIssueAt;
        nextIssueAt = at.plus(BETWEEN_REGISTRATIONS);
        long id = People.FIRST + registered++;
        String name = people.username(id);
        Occasion occasion = Occasion.at(at, id, random);
        return List.of(
                occasion.event(StreamName.user(id), 0, new UserRegistered(id, name, people.displayName(id))),
                occasion.event(StreamName.username(name), 0, new UsernameClaimed(id, name)));
    }

    private List<DomainEventMessage<?>> somethingOfAnIssue() {
        while (true) {
            Due first = due.peek();
            if (first == null || nextIssueAt.isBefore(first.at())) {
                return newIssue();
            }
            due.remove();
            List<DomainEventMessage<?>> change = change(first.at(), first.issue());
            if (!change.isEmpty()) {
                return change;
            }
        }
    }

    private List<DomainEventMessage<?>> newIssue() {
        Instant at = nextIssueAt;
        nextIssueAt = at.plus(untilNextIssue(at));
        IssueLife issue = new IssueLife(++issues, random, words, people, history.livesOn());
        List<DomainEventMessage<?>> change = messages(at, issue, issue.open(at));
        plan(at, issue);
        return change;
    }

    private List<DomainEventMessage<?>> change(Instant at, IssueLife issue) {
        List<LabelCreated> created = new ArrayList<>();
        List<IssueEvent> events = issue.goOn(at, () -> labels.some(created::add), () -> ++comments);
        Occasion occasion = Occasion.at(at, people.anyone(), random);
        List<DomainEventMessage<?>> change = new ArrayList<>();
        for (LabelCreated label : created) {
            change.add(occasion.event(StreamName.label(label.name()), 0, label));
        }
        change.addAll(messages(occasion, issue, events));
        plan(at, issue);
        return change;
    }

    private List<DomainEventMessage<?>> messages(Instant at, IssueLife issue, List<IssueEvent> events) {
        return messages(Occasion.at(at, people.anyone(), random), issue, events);
    }

    private static List<DomainEventMessage<?>> messages(Occasion occasion, IssueLife issue, List<IssueEvent> events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>(events.size());
        for (IssueEvent event : events) {
            messages.add(occasion.event(StreamName.issue(issue.id()), issue.nextSequence(), event));
        }
        return messages;
    }

    private void plan(Instant at, IssueLife issue) {
        if (!issue.isOver()) {
            due.add(new Due(at.plus(issue.untilNext()), issue));
        }
    }

    /** The more events remain for the rest of the span, the shorter the wait. */
    private Duration untilNextIssue(Instant at) {
        Duration left = Duration.between(at, History.START.plus(History.SPAN));
        left = left.compareTo(LEAST_LEFT) < 0 ? LEAST_LEFT : left;
        double issuesLeft = (history.events() - told) / (history.livesOn() ? EVENTS_PER_ISSUE : 1.0);
        double micros = -Math.log(1 - random.nextDouble()) * left.dividedBy(MICROS.getDuration()) / issuesLeft;
        Duration wait = Duration.of((long) micros, MICROS);
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }
}
