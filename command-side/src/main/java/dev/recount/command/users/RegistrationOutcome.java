package dev.recount.command.users;

import dev.recount.events.UserEvent.UserRegistered;
import java.time.Instant;

/** What a registration came to, told when it is in the log. */
public sealed interface RegistrationOutcome {

    record Registered(UserRegistered user, Instant at) implements RegistrationOutcome {}

    record Refused(RegistrationDecision.Rejection rejection) implements RegistrationOutcome {}
}
