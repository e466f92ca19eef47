package dev.recount.events;

/** The events of a user. */
public sealed interface UserEvent extends RecountEvent {

    long userId();

    /** The first event of {@code user-<id>}. */
    record UserRegistered(long userId, String username, String displayName) implements UserEvent {}

    /**
     * The first and only event of {@code username-<name>}. A stream can start only once, which keeps usernames unique.
     */
    record UsernameClaimed(long userId, String username) implements UserEvent {}
}
