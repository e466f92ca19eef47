package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetter;
import dev.recount.query.deadletters.DeadLetters;
import java.util.Collection;
import java.util.List;

/**
 * What became of letters that were tried again.
 *
 * @param applied how many events the projection has now
 * @param refused the events that it refuses still, one of a stream at most
 */
record RetriedBody(long applied, List<DeadLetter> refused) {

    static RetriedBody of(Collection<DeadLetters.Outcome> outcomes) {
        return new RetriedBody(
                outcomes.stream().mapToLong(DeadLetters.Outcome::applied).sum(),
                outcomes.stream().flatMap(outcome -> outcome.refused().stream()).toList());
    }
}
