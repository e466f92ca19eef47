package dev.recount.command.imports.csv;

/** Takes the cells of a row one by one, so that a row is never in memory as a whole. */
@FunctionalInterface
public interface CellSink {

    /** Takes no cell: for who only wants to know whether a file can be read. */
    CellSink NONE = (column, text) -> {};

    /**
     * @param column from 0
     * @param text the cell's content without its quotes, valid during the call only; of a longer one the beginning
     */
    void accept(long column, CharSequence text);
}
