package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetter;
import dev.recount.query.deadletters.DeadLetters;
import dev.recount.web.PathId;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import org.springframework.stereotype.Component;

/** The dead letter that a path names. */
@Component
final class DeadLetterPath {

    private final ProjectionPath addressed;
    private final DeadLetters letters;

    DeadLetterPath(ProjectionPath addressed, DeadLetters letters) {
        this.addressed = addressed;
        this.letters = letters;
    }

    /** Ends the request with 404 if the projection is unknown or has no such letter. */
    DeadLetter require(String projection, String position) {
        addressed.require(projection);
        return letters.find(projection, PathId.require(position, ProblemType.UNKNOWN_DEAD_LETTER))
                .orElseThrow(() -> unknown(projection, position));
    }

    /** Also for a letter that was removed in the meantime. */
    static ProblemException unknown(String projection, String position) {
        return ProblemType.UNKNOWN_DEAD_LETTER
                .problem("%s has no dead letter at position %s.".formatted(projection, position))
                .exception();
    }
}
