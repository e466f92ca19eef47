package dev.recount.command.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says it has seen of an issue (RFC 9110, section 13.1.1): any of the {@code accepted} tags will do.
 *
 * <p>An empty list never holds; {@link #ANY} always does for an issue that exists.
 */
public record IfMatch(boolean any, List<Seen> accepted) {

    /** No condition at all, and {@code If-Match: *}. */
    public static final IfMatch ANY = new IfMatch(true, List.of());

    public IfMatch {
        accepted = List.copyOf(accepted);
    }

    public static IfMatch oneOf(List<Seen> accepted) {
        return new IfMatch(false, accepted);
    }

    /** {@code sequence} is that of the last event of the issue's stream. */
    public boolean holds(long version, long sequence) {
        return any || accepted.stream().anyMatch(seen -> seen.matches(version, sequence));
    }

    /** A version, and in tags of the full view also the sequence of the last event seen. */
    public record Seen(long version, @Nullable Long sequence) {

        private boolean matches(long currentVersion, long currentSequence) {
            return version == currentVersion && (sequence == null || sequence == currentSequence);
        }
    }
}
