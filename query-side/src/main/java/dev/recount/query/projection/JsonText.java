package dev.recount.query.projection;

/** A JSON document as it is stored in a {@code jsonb} column of a {@link RowTable}. */
public record JsonText(String text) {}
