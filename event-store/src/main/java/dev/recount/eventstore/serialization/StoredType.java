package dev.recount.eventstore.serialization;

/**
 * A stored name other than those of the events, such as a snapshot's. The module that owns it contributes it as a bean.
 */
public record StoredType(String name, int revision, Class<?> type) {}
