package dev.recount.command.issue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an {@code If-Match} header (RFC 9110, section 13.1.1): one of the {@code accepted} tags must match.
 *
 * <p>An empty list never matches. {@link #ANY} matches every issue that exists.
 */
public record IfMatch(boolean any, List<Seen> accepted) {

    /** No condition at all, or {@code If-Match: *}. */
    public static final IfMatch ANY = new IfMatch(true, List.of());

    public IfMatch {
        accepted = List.copyOf(accepted);
    }

    public static IfMatch oneOf(List<Seen> accepted) {
        return new IfMatch(false, accepted);
    }

    /** @param sequence that of the last event in the issue's stream */
    public boolean holds(long version, long sequence) {
        return any || accepted.stream().anyMatch(seen -> seen.matches(version, sequence));
    }

    /** A version, and in tags of the full view also the sequence of the last event shown. */
    public record Seen(long version, @Nullable Long sequence) {

        private boolean matches(long currentVersion, long currentSequence) {
            return version == currentVersion && (sequence == null || sequence == currentSequence);
        }
    }
}
