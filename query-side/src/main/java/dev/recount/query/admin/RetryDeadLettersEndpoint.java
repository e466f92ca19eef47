package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetters;
import dev.recount.web.JsonEndpoint;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * {@code POST …/dead-letters/retry} for all streams of a projection, {@code …/dead-letters/{position}/retry} for one.
 */
@JsonEndpoint
final class RetryDeadLettersEndpoint {

    private final ProjectionPath projection;
    private final DeadLetterPath letter;
    private final DeadLetters letters;

    RetryDeadLettersEndpoint(ProjectionPath projection, DeadLetterPath letter, DeadLetters letters) {
        this.projection = projection;
        this.letter = letter;
        this.letters = letters;
    }

    @PostMapping("/projections/{name}/dead-letters/retry")
    RetriedBody retryAll(@PathVariable String name) {
        projection.require(name);
        return RetriedBody.of(ProjectionPath.write(() -> letters.retryAll(name)));
    }

    @PostMapping("/projections/{name}/dead-letters/{position}/retry")
    RetriedBody retry(@PathVariable String name, @PathVariable String position) {
        var found = letter.require(name, position);
        var outcome = ProjectionPath.write(() -> letters.retry(name, found.position()));
        return RetriedBody.of(List.of(outcome.orElseThrow(() -> DeadLetterPath.unknown(name, position))));
    }
}
