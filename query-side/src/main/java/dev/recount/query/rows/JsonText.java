package dev.recount.query.rows;

/** A JSON document for a {@code jsonb} column of a {@link RowTable}. */
public record JsonText(String text) {}
