package dev.recount.command.undo;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks that some issues of an import be withdrawn, together or not at all.
 *
 * @param importer the importing user, null if the request named none
 * @param sparing whether issues changed by other users stay; if not, they are a reason to withdraw none
 * @param end what to record if these are the last of the import's issues; null if they are not
 */
public record WithdrawImported(
        UUID importId,
        List<Long> issues,
        @Nullable Long importer,
        boolean sparing,
        @Nullable End end) {

    public WithdrawImported {
        issues = List.copyOf(issues);
    }

    /** The result for the import's other issues. */
    public record End(long withdrawn, List<Long> kept) {

        public static final End OF_ALL = new End(0, List.of());

        public End {
            kept = List.copyOf(kept);
        }
    }
}
