package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.RecountEvent;
import dev.recount.query.projection.LoggedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

    private static final int ISSUES = 12;

    private final RecentChanges changes = new RecentChanges(4);

    private static LoggedEvent touched(long position, long issue) {
        return logged(position, new IssueTouched(issue, position));
    }

    private static LoggedEvent logged(long position, RecountEvent event) {
        return new LoggedEvent(position, "any", position, event, Instant.EPOCH, Map.of());
    }

    @Test
    void an_issue_is_unchanged_between_its_events() {
        changes.read(10, List.of(touched(11, 1), touched(12, 2), touched(13, 1)));
        assertThat(changes.isUnchanged(1, 10, 13)).isFalse();
        assertThat(changes.isUnchanged(1, 12, 13)).isFalse();
        assertThat(changes.isUnchanged(1, 13, 13)).isTrue();
        assertThat(changes.isUnchanged(2, 11, 13)).isFalse();
        assertThat(changes.isUnchanged(2, 12, 13)).isTrue();
        assertThat(changes.isUnchanged(3, 10, 13)).isTrue();
    }

    @Test
    void nothing_is_known_of_what_was_not_read() {
        changes.read(10, List.of(touched(11, 1)));
        assertThat(changes.isUnchanged(2, 9, 11)).isFalse();
        assertThat(changes.isUnchanged(2, 10, 12)).isFalse();
        changes.read(20, List.of(touched(21, 1)));
        assertThat(changes.isUnchanged(2, 11, 21)).isFalse();
        assertThat(changes.isUnchanged(2, 20, 21)).isTrue();
    }

    @Test
    void what_is_read_again_for_another_projection_takes_nothing_back() {
        changes.read(10, List.of(touched(11, 1), touched(12, 1)));
        changes.read(10, List.of(touched(11, 1)));
        assertThat(changes.isUnchanged(1, 11, 12)).isFalse();
        changes.read(11, List.of(touched(12, 1), touched(13, 2)));
        assertThat(changes.isUnchanged(1, 12, 13)).isTrue();
        assertThat(changes.isUnchanged(2, 12, 13)).isFalse();
    }

    @Test
    void only_events_of_issues_count() {
        changes.read(10, List.of(logged(11, new LabelCreated(1, "bug"))));
        assertThat(changes.isUnchanged(1, 10, 11)).isTrue();
    }

    /** Batches as projections read them that stand at different positions, and gaps where another node worked for them. */
    @RepeatedTest(30)
    void never_says_that_a_changed_issue_is_not(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var log = new ArrayList<LoggedEvent>();
        for (var position = 1; position <= 400; position++) {
            log.add(touched(position, 1 + random.nextInt(ISSUES)));
        }
        var reached = 0;
        var unchanged = 0;
        while (reached < 380) {
            var from = Math.max(0, reached + random.nextInt(-8, 2) + (random.nextInt(20) == 0 ? 9 : 0));
            var to = Math.min(log.size(), from + 1 + random.nextInt(9));
            changes.read(from, log.subList(from, to));
            reached = Math.max(reached, to);
            for (var question = 0; question < 50; question++) {
                var issue = 1 + random.nextInt(ISSUES + 1);
                var after = random.nextInt(Math.max(0, reached - 12), reached + 1);
                var upTo = random.nextInt(after, reached + 4);
                if (changes.isUnchanged(issue, after, upTo)) {
                    unchanged++;
                    assertThat(upTo).isLessThanOrEqualTo(reached);
                    assertThat(log.subList(after, upTo)).noneMatch(logged -> isAbout(issue, logged));
                }
            }
        }
        assertThat(unchanged).isGreaterThan(100);
    }

    private static boolean isAbout(long issue, LoggedEvent logged) {
        return logged.event() instanceof IssueTouched touched && touched.issueId() == issue;
    }
}
