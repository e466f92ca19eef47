package dev.recount.command.users;

import dev.recount.events.UserEvent.UserRegistered;
import java.util.Optional;

/** Finds users by id; who is found once stays for ever, for users are never removed. */
public interface UserDirectory {

    Optional<UserRegistered> find(long userId);

    default boolean exists(long userId) {
        return find(userId).isPresent();
    }
}
