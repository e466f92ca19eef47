package dev.recount.command.users;

import dev.recount.events.UserEvent.UserRegistered;
import java.util.Optional;

/** Finds users by id. Implementations may cache a user permanently, because users are never removed. */
public interface UserDirectory {

    Optional<UserRegistered> find(long userId);

    default boolean exists(long userId) {
        return find(userId).isPresent();
    }
}
