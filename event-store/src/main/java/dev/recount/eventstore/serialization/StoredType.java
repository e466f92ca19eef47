package dev.recount.eventstore.serialization;

/** A stored name besides those of the events, such as a snapshot's; contributed as a bean by the module that owns it. */
public record StoredType(String name, int revision, Class<?> type) {}
