package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetter;
import dev.recount.query.deadletters.DeadLetters;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.Cursor;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code GET /projections/{name}/dead-letters}: the refused events by position; events waiting behind them are only
 * counted.
 */
@JsonEndpoint
final class ListDeadLettersEndpoint {

    private final ProjectionPath addressed;
    private final DeadLetters letters;

    ListDeadLettersEndpoint(ProjectionPath addressed, DeadLetters letters) {
        this.addressed = addressed;
        this.letters = letters;
    }

    @GetMapping("/projections/{name}/dead-letters")
    @KnownParameters({Cursor.AFTER, Paging.PAGE_SIZE})
    @ReadsProjection({})
    Cursor.Part<DeadLetter> list(@PathVariable String name, QueryParameters query) {
        addressed.require(name);
        var cursor = Cursor.of(query);
        return cursor.part(
                letters.count(name), letters.list(name, cursor.after(), cursor.limit()), DeadLetter::position);
    }
}
