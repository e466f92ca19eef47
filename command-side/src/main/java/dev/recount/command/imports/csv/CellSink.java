package dev.recount.command.imports.csv;

/** Takes the cells of a row one by one, so that a row is never in memory as a whole. */
@FunctionalInterface
public interface CellSink {

    /** Ignores every cell, to check only whether a file can be read. */
    CellSink NONE = (column, text) -> {};

    /**
     * @param column from 0
     * @param text the cell's content without its quotes, valid during the call only; cut off if too long
     */
    void accept(long column, CharSequence text);
}
