package dev.recount.events;

/** Everything that can happen to a user. */
public sealed interface UserEvent extends RecountEvent {

    long userId();

    /** First event of {@code user-<id>}. */
    record UserRegistered(long userId, String username, String displayName) implements UserEvent {}

    /** First and only event of {@code username-<name>}: the log's uniqueness of a stream's start keeps names unique. */
    record UsernameClaimed(long userId, String username) implements UserEvent {}
}
