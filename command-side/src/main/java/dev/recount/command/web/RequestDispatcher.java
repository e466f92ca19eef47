package dev.recount.command.web;

import dev.recount.command.bus.Answer;
import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.bus.ContendedException;
import dev.recount.command.bus.Origin;
import dev.recount.web.ProblemType;
import dev.recount.web.RequestContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Carries out what requests ask for, in their name. */
@Component
public final class RequestDispatcher {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String EVENT_POSITION = "Event-Position";

    private final CommandDispatcher commands;

    RequestDispatcher(CommandDispatcher commands) {
        this.commands = commands;
    }

    public <R> Answer<R> dispatch(
            Object command, RequestContext request, @Nullable String idempotencyKey, Class<R> outcome) {
        Long actor = request.actor().isPresent() ? request.actor().getAsLong() : null;
        try {
            return commands.dispatch(command, new Origin(actor, request.requestId(), null, idempotencyKey), outcome);
        } catch (ContendedException e) {
            throw ProblemType.CONTENDED
                    .problem("Others changed the same thing each time this change was tried; nothing was changed.")
                    .retryAfter(PAUSE)
                    .exception();
        }
    }

    /** Tells the client from which position on a read sees what was written. */
    public static <B extends ResponseEntity.HeadersBuilder<B>> B positioned(B response, Answer<?> answer) {
        answer.position().ifPresent(position -> response.header(EVENT_POSITION, Long.toString(position)));
        return response;
    }
}
