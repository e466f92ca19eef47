package dev.recount.command.user;

/** Asks for a new user under a name that nobody has. */
public record RegisterUser(long userId, String username, String displayName) {}
