package dev.recount.audit;

import dev.recount.eventstore.tree.TreeProof;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.QueryParameters;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves the proofs of the log's tree.
 *
 * <p>{@code GET /audit/proofs/inclusion?position=&size=} proves that an event is in the log of the first {@code size}
 * events. {@code GET /audit/proofs/consistency?from=&to=} proves that the log of {@code to} events continues that of
 * {@code from}. Hashes are in base 64 and in the order of RFC 9162. The larger size defaults to that of the current
 * log.
 */
@JsonEndpoint
final class ProofEndpoint {

    private static final String POSITION = "position";
    private static final String SIZE = "size";
    private static final String FROM = "from";
    private static final String TO = "to";

    private final VerifiedTree tree;

    ProofEndpoint(VerifiedTree tree) {
        this.tree = tree;
    }

    /**
     * Proves that the leaf is in the tree.
     *
     * @param entry the bytes that {@code leafHash} is the hash of
     */
    @SuppressWarnings("ArrayRecordComponent") // written as JSON
    record Inclusion(
            long position,
            long leafIndex,
            long treeSize,
            byte[] entry,
            byte[] leafHash,
            byte[] rootHash,
            List<byte[]> hashes) {}

    /** Proves that one tree is the beginning of the other. */
    @SuppressWarnings("ArrayRecordComponent") // written as JSON
    record Consistency(long from, long to, byte[] fromRootHash, byte[] toRootHash, List<byte[]> hashes) {}

    @GetMapping("/audit/proofs/inclusion")
    @KnownParameters({POSITION, SIZE})
    @ReadsProjection(
            value = {},
            log = true)
    Inclusion inclusion(QueryParameters query) {
        var sizes = Sizes.of(query, POSITION, SIZE, tree.size());
        var index = sizes.smaller() - 1;
        return tree.read(log -> new Inclusion(
                sizes.smaller(),
                index,
                sizes.larger(),
                log.entries(index, 1).getFirst(),
                log.roots(0, index, 1).getFirst(),
                log.root(sizes.larger()),
                log.prove(TreeProof.inclusion(index, sizes.larger()))));
    }

    @GetMapping("/audit/proofs/consistency")
    @KnownParameters({FROM, TO})
    @ReadsProjection(
            value = {},
            log = true)
    Consistency consistency(QueryParameters query) {
        var sizes = Sizes.of(query, FROM, TO, tree.size());
        return tree.read(log -> new Consistency(
                sizes.smaller(),
                sizes.larger(),
                log.root(sizes.smaller()),
                log.root(sizes.larger()),
                log.prove(TreeProof.consistency(sizes.smaller(), sizes.larger()))));
    }

    /** Two sizes of the log. The second is at least the first and at most the current size. */
    private record Sizes(long smaller, long larger) {

        static Sizes of(QueryParameters query, String smaller, String larger, long most) {
            var first = query.optionalId(smaller);
            var second = query.optionalId(larger);
            if (query.optionalText(smaller).isEmpty()) {
                query.reject(smaller, "is required");
            }
            if (second.isPresent() && second.getAsLong() > most) {
                query.reject(larger, "must be at most %d, where the log ends".formatted(most));
            }
            var bound = Math.min(most, second.orElse(most));
            if (first.isPresent() && first.getAsLong() > bound) {
                query.reject(smaller, "must be at most %d".formatted(bound));
            }
            query.throwIfInvalid();
            return new Sizes(first.orElseThrow(), bound);
        }
    }
}
