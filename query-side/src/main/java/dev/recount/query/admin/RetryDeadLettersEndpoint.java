package dev.recount.query.admin;

import dev.recount.query.projection.DeadLetters;
import dev.recount.web.JsonEndpoint;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code POST …/dead-letters/retry} for all of a projection's streams, {@code …/dead-letters/{position}/retry} for one. */
@JsonEndpoint
final class RetryDeadLettersEndpoint {

    private final AddressedProjection projection;
    private final AddressedLetter letter;
    private final DeadLetters letters;

    RetryDeadLettersEndpoint(AddressedProjection projection, AddressedLetter letter, DeadLetters letters) {
        this.projection = projection;
        this.letter = letter;
        this.letters = letters;
    }

    @PostMapping("/projections/{name}/dead-letters/retry")
    RetriedBody retryAll(@PathVariable String name) {
        projection.require(name);
        return RetriedBody.of(AddressedProjection.write(() -> letters.retryAll(name)));
    }

    @PostMapping("/projections/{name}/dead-letters/{position}/retry")
    RetriedBody retry(@PathVariable String name, @PathVariable String position) {
        var found = letter.require(name, position);
        var outcome = AddressedProjection.write(() -> letters.retry(name, found.position()));
        return RetriedBody.of(List.of(outcome.orElseThrow(() -> AddressedLetter.unknown(name, position))));
    }
}
