package dev.recount.query.admin;

import dev.recount.events.text.TextRule;
import dev.recount.query.deadletters.DeadLetters;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.ProblemType;
import dev.recount.web.RequestContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * {@code POST /projections/{name}/dead-letters/{position}/discard}: discards the event for the projection, and retries
 * the events that wait behind it. The body gives the reason: {@code {"reason": "…"}}.
 */
@JsonEndpoint
final class DiscardDeadLetterEndpoint {

    private static final int LONGEST_REASON = 1_000;
    private static final TextRule REASON = TextRule.ANY.trimmed().notBlank().atMost(LONGEST_REASON);

    private final DeadLetterPath addressed;
    private final DeadLetters letters;

    DiscardDeadLetterEndpoint(DeadLetterPath addressed, DeadLetters letters) {
        this.addressed = addressed;
        this.letters = letters;
    }

    /** @param body null if missing; an unknown letter is reported before a missing body */
    @PostMapping(
            path = "/projections/{name}/dead-letters/{position}/discard",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    RetriedBody discard(
            @PathVariable String name,
            @PathVariable String position,
            @RequestBody(required = false) byte @Nullable [] body,
            RequestContext request) {
        var letter = addressed.require(name, position);
        var fields = JsonBody.parseObject(Objects.requireNonNullElse(body, new byte[0]), request);
        var reason = fields.requiredText("reason", REASON);
        fields.throwIfInvalid();
        if (letter.cause() == null) {
            throw ProblemType.DEAD_LETTER_WAITS
                    .problem("The event at position %s was not refused; it waits behind another of %s."
                            .formatted(position, letter.stream()))
                    .exception();
        }
        var actor = request.actor().isPresent() ? (Long) request.actor().getAsLong() : null;
        var outcome = ProjectionPath.write(() -> letters.discard(name, letter.position(), reason, actor));
        return RetriedBody.of(List.of(outcome.orElseThrow(() -> DeadLetterPath.unknown(name, position))));
    }
}
