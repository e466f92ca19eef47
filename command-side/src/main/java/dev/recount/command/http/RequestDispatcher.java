package dev.recount.command.http;

import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.ContendedException;
import dev.recount.command.bus.Origin;
import dev.recount.eventstore.read.EventLog;
import dev.recount.web.LogPositions;
import dev.recount.web.ProblemType;
import dev.recount.web.RequestContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Carries out the commands of requests and records each request as their origin. */
@Component
public final class RequestDispatcher {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String EVENT_POSITION = "Event-Position";

    private final CommandDispatcher commands;
    private final EventLog log;
    private final LogPositions positions;

    RequestDispatcher(CommandDispatcher commands, EventLog log, LogPositions positions) {
        this.commands = commands;
        this.log = log;
        this.positions = positions;
    }

    public <R> CommandResult<R> dispatch(
            Object command, RequestContext request, @Nullable String idempotencyKey, Class<R> outcome) {
        return dispatch(command, origin(request, idempotencyKey), outcome);
    }

    public <R> CommandResult<R> dispatch(Object command, Origin origin, Class<R> outcome) {
        try {
            return commands.dispatch(command, origin, outcome);
        } catch (ContendedException e) {
            throw ProblemType.CONTENDED
                    .problem("Others changed the same thing each time this change was tried; nothing was changed.")
                    .retryAfter(PAUSE)
                    .exception();
        }
    }

    public static Origin origin(RequestContext request, @Nullable String idempotencyKey) {
        Long actor = request.actor().isPresent() ? request.actor().getAsLong() : null;
        return new Origin(actor, request.requestId(), null, idempotencyKey);
    }

    /**
     * Adds the position from which on a read shows the write. If nothing had to be written, the current state is
     * already in the log.
     */
    public <B extends ResponseEntity.HeadersBuilder<B>> B positioned(B response, CommandResult<?> answer) {
        long position = answer.position().orElseGet(log::head);
        return response.header(EVENT_POSITION, positions.text(position));
    }
}
