package dev.recount.command.users;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import java.util.List;
import java.util.Map;

/** The result of deciding a registration. */
public sealed interface RegistrationDecision {

    /** Both events are the first of their streams. They are written together or not at all. */
    record Accepted(UserRegistered registered, UsernameClaimed claimed) implements RegistrationDecision {}

    /** Nothing is written. */
    sealed interface Rejection extends RegistrationDecision {}

    record UsernameTaken(String username) implements Rejection {}

    /** A list of messages for each bad field. */
    record InvalidFields(Map<String, List<String>> errors) implements Rejection {

        public InvalidFields {
            errors = Map.copyOf(errors);
        }
    }
}
