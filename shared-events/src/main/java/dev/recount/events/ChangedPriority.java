package dev.recount.events;

/** The change of an issue's priority by a bulk change. */
public record ChangedPriority(IssuePriority from, IssuePriority to) {}
