package dev.recount.command.imports;

import dev.recount.command.imports.csv.CellSink;
import dev.recount.events.text.WhiteSpace;
import java.util.EnumMap;
import java.util.Map;

/** A row of the file while it is read and validated. Missing cells at its end count as blank. */
final class ImportRow implements CellSink {

    private final ImportHeader header;
    private final long number;
    private final Map<ImportColumn, String> cells = new EnumMap<>(ImportColumn.class);
    private boolean overlong;
    private boolean hasText;

    /** @param number from 1, after the header */
    ImportRow(ImportHeader header, long number) {
        this.header = header;
        this.number = number;
    }

    @Override
    public void accept(long place, CharSequence text) {
        hasText |= !text.isEmpty();
        ImportColumn column = header.columns().get(place);
        if (column != null) {
            cells.put(column, text.toString());
        } else if (place >= header.width() && !WhiteSpace.trim(text.toString()).isEmpty()) {
            overlong = true;
        }
    }

    long number() {
        return number;
    }

    String cell(ImportColumn column) {
        return cells.getOrDefault(column, "");
    }

    /** The approximate number of characters that the row adds to the log. */
    int textLength() {
        return cell(ImportColumn.TITLE).length()
                + cell(ImportColumn.DESCRIPTION).length()
                + cell(ImportColumn.LABELS).length();
    }

    /** Whether the row has more than delimiters. Spreadsheets write whole rows of delimiters. */
    boolean hasText() {
        return hasText;
    }

    /** Whether the row has text beyond the header's last column, for example because a comma is not quoted. */
    boolean isOverlong() {
        return overlong;
    }
}
