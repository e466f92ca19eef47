package dev.recount.events;

/** Everything that can happen to a label; the stream is {@code label-<name>}, so a name has one id for ever. */
public sealed interface LabelEvent extends RecountEvent {

    record LabelCreated(long labelId, String name) implements LabelEvent {}
}
