package dev.recount.command.users;

import dev.recount.command.users.RegistrationDecision.Accepted;
import dev.recount.command.users.RegistrationDecision.InvalidFields;
import dev.recount.command.users.RegistrationDecision.UsernameTaken;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides registrations of users. */
public final class UserDecider {

    private UserDecider() {}

    public static RegistrationDecision decide(boolean usernameTaken, RegisterUser command) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        UserRules.problemOfUsername(command.username()).ifPresent(message -> errors.put("username", List.of(message)));
        UserRules.problemOfDisplayName(command.displayName())
                .ifPresent(message -> errors.put("display_name", List.of(message)));
        if (!errors.isEmpty()) {
            return new InvalidFields(errors);
        }
        return usernameTaken
                ? new UsernameTaken(command.username())
                : new Accepted(
                        new UserRegistered(command.userId(), command.username(), command.displayName()),
                        new UsernameClaimed(command.userId(), command.username()));
    }
}
