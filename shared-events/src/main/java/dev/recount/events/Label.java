package dev.recount.events;

/** A label as events and read models carry it. */
public record Label(long id, String name) {}
