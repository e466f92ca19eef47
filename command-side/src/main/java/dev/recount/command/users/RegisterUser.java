package dev.recount.command.users;

/** Asks for a new user with an unused name. */
public record RegisterUser(long userId, String username, String displayName) {}
