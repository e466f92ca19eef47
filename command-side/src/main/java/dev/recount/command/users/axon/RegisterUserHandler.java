package dev.recount.command.users.axon;

import dev.recount.command.bus.FirstEvent;
import dev.recount.command.users.RegisterUser;
import dev.recount.command.users.RegistrationDecision.Accepted;
import dev.recount.command.users.RegistrationDecision.Rejection;
import dev.recount.command.users.RegistrationOutcome;
import dev.recount.command.users.RegistrationOutcome.Refused;
import dev.recount.command.users.RegistrationOutcome.Registered;
import dev.recount.command.users.UserDecider;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;

/**
 * Registers users without loading anything. Both events are the first of their streams, so the log refuses a second
 * registration of a name. That one is then retried and finds the name taken.
 */
final class RegisterUserHandler {

    private static final String KIND = "user";

    private final EventLog log;
    private final EventBus events;

    RegisterUserHandler(EventLog log, EventBus events) {
        this.log = log;
        this.events = events;
    }

    @CommandHandler
    RegistrationOutcome handle(RegisterUser command) {
        boolean taken = log.exists(StreamName.username(command.username()));
        return switch (UserDecider.decide(taken, command)) {
            case Accepted accepted -> {
                DomainEventMessage<?> registered =
                        FirstEvent.of(KIND, StreamName.user(command.userId()), accepted.registered());
                events.publish(
                        registered, FirstEvent.of(KIND, StreamName.username(command.username()), accepted.claimed()));
                yield new Registered(accepted.registered(), registered.getTimestamp());
            }
            case Rejection rejection -> new Refused(rejection);
        };
    }
}
