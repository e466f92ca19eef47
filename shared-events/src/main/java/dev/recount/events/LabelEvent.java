package dev.recount.events;

/** The events of a label. The stream is {@code label-<name>}, so a name has one id permanently. */
public sealed interface LabelEvent extends RecountEvent {

    record LabelCreated(long labelId, String name) implements LabelEvent {}
}
