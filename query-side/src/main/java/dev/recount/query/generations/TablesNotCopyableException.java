package dev.recount.query.generations;

import java.io.Serial;
import java.util.List;

/**
 * Signals that a table has something that a copy would lose, such as a trigger, a foreign key or a view that reads it.
 */
public final class TablesNotCopyableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TablesNotCopyableException(List<String> reasons) {
        super("no generation can be filled beside the tables: " + String.join("; ", reasons));
    }
}
