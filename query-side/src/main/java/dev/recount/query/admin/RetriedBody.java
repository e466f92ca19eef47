package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetter;
import dev.recount.query.deadletters.DeadLetters;
import java.util.Collection;
import java.util.List;

/**
 * The result of retried letters.
 *
 * @param applied number of events that were applied
 * @param refused the events that are still refused, at most one per stream
 */
record RetriedBody(long applied, List<DeadLetter> refused) {

    static RetriedBody of(Collection<DeadLetters.Outcome> outcomes) {
        return new RetriedBody(
                outcomes.stream().mapToLong(DeadLetters.Outcome::applied).sum(),
                outcomes.stream().flatMap(outcome -> outcome.refused().stream()).toList());
    }
}
