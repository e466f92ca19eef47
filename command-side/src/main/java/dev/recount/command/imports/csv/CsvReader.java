package dev.recount.command.imports.csv;

import java.io.IOException;
import java.io.Reader;

/**
 * Reads CSV as RFC 4180 defines it, in memory bounded by the maximum length of a cell.
 *
 * <p>More lenient than the RFC: it skips a byte order mark, accepts LF and CR as well as CRLF, and skips empty lines.
 * Rows may differ in length. A quote inside a cell that does not begin with a quote is an ordinary character.
 */
public final class CsvReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int END = -1;

    private final Reader source;
    private final int longestCell;
    private final char[] chunk = new char[16_384];
    private final StringBuilder cell = new StringBuilder();
    private int next;
    private int limit;
    private long line = 1;

    /** @param longestCell how many UTF-16 units of a cell are kept; the rest is read and dropped */
    public CsvReader(Reader source, int longestCell) throws IOException {
        this.source = source;
        this.longestCell = longestCell;
        if (peek() == BYTE_ORDER_MARK) {
            next++;
        }
    }

    /**
     * Passes the cells of the next row on, from left to right.
     *
     * @return false at the end of the file, without passing a cell
     */
    public boolean readRow(CellSink cells) throws IOException, MalformedCsvException {
        skipEmptyLines();
        if (peek() == END) {
            return false;
        }
        long column = 0;
        do {
            cell.setLength(0);
            if (peek() == '"') {
                readQuoted();
            } else {
                readPlain();
            }
            cells.accept(column++, cell);
        } while (skipComma());
        return true;
    }

    private void skipEmptyLines() throws IOException {
        for (int c = peek(); c == '\n' || c == '\r'; c = peek()) {
            take(c);
        }
    }

    private boolean skipComma() throws IOException {
        if (peek() != ',') {
            return false;
        }
        next++;
        return true;
    }

    private void readPlain() throws IOException {
        while (peek() != END) {
            int from = next;
            while (next < limit && !endsPlain(chunk[next])) {
                next++;
            }
            keep(from);
            if (next < limit) {
                return;
            }
        }
    }

    private static boolean endsPlain(char c) {
        return c == ',' || c == '\n' || c == '\r';
    }

    private void readQuoted() throws IOException, MalformedCsvException {
        long opened = line;
        next++;
        while (true) {
            readUntilQuote(opened);
            next++;
            int after = peek();
            if (after != '"') {
                requireEndOfCell(after);
                return;
            }
            // Two quotes stand for one; this is the one to keep.
            next++;
            keep(next - 1);
        }
    }

    private void readUntilQuote(long opened) throws IOException, MalformedCsvException {
        while (peek() != END) {
            int from = next;
            while (next < limit && chunk[next] != '"') {
                countLine(chunk[next++]);
            }
            keep(from);
            if (next < limit) {
                return;
            }
        }
        throw new MalformedCsvException("A quote is opened and never closed", opened);
    }

    private void requireEndOfCell(int c) throws MalformedCsvException {
        if (c != END && !endsPlain((char) c)) {
            throw new MalformedCsvException("A closing quote is followed by more than the end of its cell", line);
        }
    }

    /** Adds the text since {@code from} to the cell, as far as there is room. */
    private void keep(int from) {
        int length = Math.min(next - from, longestCell - cell.length());
        cell.append(chunk, from, length);
    }

    private void take(int c) {
        countLine((char) c);
        next++;
    }

    private void countLine(char c) {
        if (c == '\n') {
            line++;
        }
    }

    private int peek() throws IOException {
        if (next == limit) {
            next = 0;
            // A reader returns at least one character unless it is asked for none.
            limit = Math.max(source.read(chunk, 0, chunk.length), 0);
        }
        return next == limit ? END : chunk[next];
    }
}
