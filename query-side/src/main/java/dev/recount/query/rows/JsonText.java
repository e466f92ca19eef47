package dev.recount.query.rows;

/** A JSON document as it is stored in a {@code jsonb} column of a {@link RowTable}. */
public record JsonText(String text) {}
