package dev.recount.command.users;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import java.util.List;
import java.util.Map;

/** What a registration comes to. */
public sealed interface RegistrationDecision {

    /** Both events, each the first of its stream: together they are written, or neither is. */
    record Accepted(UserRegistered registered, UsernameClaimed claimed) implements RegistrationDecision {}

    /** Nothing is written then. */
    sealed interface Rejection extends RegistrationDecision {}

    record UsernameTaken(String username) implements Rejection {}

    /** A list of messages for each bad field. */
    record InvalidFields(Map<String, List<String>> errors) implements Rejection {

        public InvalidFields {
            errors = Map.copyOf(errors);
        }
    }
}
