package dev.recount.command.undo;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks that some issues of an import be withdrawn, together or not at all.
 *
 * @param importer who imported them, null where nobody was named
 * @param sparing whether issues that others have worked on stay, where they would else be a reason to withdraw none
 * @param end what to note when these are the last of the import's issues; null when they are not
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

    /** What has become of the import's other issues. */
    public record End(long withdrawn, List<Long> kept) {

        public static final End OF_ALL = new End(0, List.of());

        public End {
            kept = List.copyOf(kept);
        }
    }
}
