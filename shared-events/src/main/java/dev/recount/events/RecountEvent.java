package dev.recount.events;

/** An event that the log can hold. */
public sealed interface RecountEvent permits IssueEvent, UserEvent, LabelEvent, ImportEvent, BulkChangeEvent {}
