package dev.recount.command.undo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what speaks against withdrawing some issues of an import, and changes nothing.
 *
 * @param importer who imported them, null where nobody was named
 */
public record CheckImported(List<Long> issues, @Nullable Long importer) {

    public CheckImported {
        issues = List.copyOf(issues);
    }
}
