package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IfMatch.Seen;
import dev.recount.command.issue.IssueCommand.Assignment;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueOutcome.Refused;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.command.issue.Rejection.PreconditionFailed;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueAggregateTest {

    private static final Instant CREATED_AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-01T12:30:00Z");
    private static final IssueCreated CREATED = new IssueCreated(7, "Crash", "It crashes.", OPEN, 3L, 1);
    private static final Label BUG = new Label(1, "bug");

    private AggregateTestFixture<IssueAggregate> fixture;

    @BeforeEach
    void setUp() {
        fixture = new AggregateTestFixture<>(IssueAggregate.class);
        fixture.registerCommandTargetResolver(IssueShellConfiguration.TARGET);
        fixture.registerCommandHandlerInterceptor(new UnknownIssueInterceptor());
    }

    @Test
    void creating_an_issue_answers_the_issue() {
        fixture.givenNoPriorActivity()
                .andGivenCurrentTime(CREATED_AT)
                .when(new CreateIssue(7, " Crash ", "It crashes.", OPEN, 3L))
                .expectEvents(CREATED)
                .expectResultMessagePayload(new Done(issue(OPEN, 1, CREATED_AT), 0));
    }

    @Test
    void creating_an_issue_without_a_title_writes_nothing() {
        fixture.givenNoPriorActivity()
                .when(new CreateIssue(7, " ", "", OPEN, null))
                .expectNoEvents()
                .expectResultMessagePayload(
                        new Refused(new InvalidFields(Map.of("title", List.of("must not be blank")))));
    }

    @Test
    void editing_answers_the_issue_after_all_events() {
        created()
                .when(new EditIssue(7, "Freeze", null, CLOSED, new Assignment(null), 1, IfMatch.ANY))
                .expectEvents(
                        new IssueRetitled(7, "Crash", "Freeze", 2),
                        new IssueStatusChanged(7, OPEN, CLOSED, 2),
                        new IssueAssigned(7, 3L, null, 2))
                .expectResultMessagePayload(new Done(
                        new IssueState(
                                7,
                                "Freeze",
                                "It crashes.",
                                CLOSED,
                                null,
                                IssuePriority.NONE,
                                2,
                                CREATED_AT,
                                LATER,
                                List.of(),
                                LATER,
                                false),
                        3));
    }

    @Test
    void a_stale_edit_is_refused_and_writes_nothing() {
        created()
                .when(new EditIssue(7, "Freeze", null, null, null, 2, IfMatch.ANY))
                .expectNoEvents()
                .expectResultMessagePayload(new Refused(new StaleVersion(7, 2, 1)));
    }

    @Test
    void the_sequence_that_a_tag_names_is_that_of_the_last_event() {
        created()
                .andGiven(new IssueCommented(7, 1, 3, "ada", "Seen."))
                .when(new EditIssue(7, null, null, null, null, 1, IfMatch.oneOf(List.of(new Seen(1, 0L)))))
                .expectNoEvents()
                .expectResultMessagePayload(new Refused(new PreconditionFailed(7, 1)));
        setUp();
        created()
                .andGiven(new IssueCommented(7, 1, 3, "ada", "Seen."))
                .when(new EditIssue(7, null, null, null, null, 1, IfMatch.oneOf(List.of(new Seen(1, 1L)))))
                .expectEvents(new IssueTouched(7, 2));
    }

    @Test
    void an_unknown_issue_is_a_refusal_and_no_exception() {
        fixture.givenNoPriorActivity()
                .when(new EditIssue(7, "Freeze", null, null, null, 1, IfMatch.ANY))
                .expectNoEvents()
                .expectResultMessagePayload(new Refused(new UnknownIssue(7)));
    }

    @Test
    void a_bulk_change_of_status_is_an_edit() {
        created()
                .when(new ChangeStatus(7, CLOSED, null))
                .expectEvents(new IssueStatusChanged(7, OPEN, CLOSED, 2))
                .expectResultMessagePayload(new Done(issue(CLOSED, 2, LATER), 1));
    }

    @Test
    void a_comment_leaves_version_and_update_time_alone() {
        created()
                .when(new CommentOnIssue(7, 1, 3, "ada", "Seen."))
                .expectEvents(new IssueCommented(7, 1, 3, "ada", "Seen."))
                .expectResultMessagePayload(new Done(
                        new IssueState(
                                7,
                                "Crash",
                                "It crashes.",
                                OPEN,
                                3L,
                                IssuePriority.NONE,
                                1,
                                CREATED_AT,
                                CREATED_AT,
                                List.of(),
                                LATER,
                                false),
                        1));
    }

    @Test
    void replacing_labels_twice_writes_once() {
        created()
                .andGivenCommands(new ReplaceLabels(7, List.of(BUG)))
                .when(new ReplaceLabels(7, List.of(BUG)))
                .expectNoEvents();
        setUp();
        created()
                .when(new ReplaceLabels(7, List.of(BUG)))
                .expectEvents(new IssueLabelsReplaced(7, List.of(BUG), List.of(BUG), List.of()));
    }

    private TestExecutor<IssueAggregate> created() {
        return fixture.givenCurrentTime(CREATED_AT).andGiven(CREATED).andGivenCurrentTime(LATER);
    }

    private static IssueState issue(IssueStatus status, long version, Instant updatedAt) {
        return new IssueState(
                7,
                "Crash",
                "It crashes.",
                status,
                3L,
                IssuePriority.NONE,
                version,
                CREATED_AT,
                updatedAt,
                List.of(),
                updatedAt,
                false);
    }
}
