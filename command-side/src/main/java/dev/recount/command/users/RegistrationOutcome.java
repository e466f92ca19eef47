package dev.recount.command.users;

import dev.recount.events.UserEvent.UserRegistered;
import java.time.Instant;

/** The outcome of a registration, known once its events are in the log. */
public sealed interface RegistrationOutcome {

    record Registered(UserRegistered user, Instant at) implements RegistrationOutcome {}

    record Refused(RegistrationDecision.Rejection rejection) implements RegistrationOutcome {}
}
