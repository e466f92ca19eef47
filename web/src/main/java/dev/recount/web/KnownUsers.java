package dev.recount.web;

/**
 * Checks whether a user exists. Users are never deleted, so a positive result may be cached and a negative one may not.
 */
@FunctionalInterface
interface KnownUsers {

    boolean exists(long userId);
}
