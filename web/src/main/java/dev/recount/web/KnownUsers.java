package dev.recount.web;

/** Tells whether a user exists. Users never cease to exist, so a yes may be remembered and a no may not. */
@FunctionalInterface
interface KnownUsers {

    boolean exists(long userId);
}
