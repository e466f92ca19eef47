package dev.recount.command.users;

/** Asks for a new user under a name that nobody has. */
public record RegisterUser(long userId, String username, String displayName) {}
