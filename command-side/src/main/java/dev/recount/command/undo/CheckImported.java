package dev.recount.command.undo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what conflicts with withdrawing some issues of an import, and changes nothing.
 *
 * @param importer the importing user, null if the request named none
 */
public record CheckImported(List<Long> issues, @Nullable Long importer) {

    public CheckImported {
        issues = List.copyOf(issues);
    }
}
