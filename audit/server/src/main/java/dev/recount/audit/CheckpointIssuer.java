package dev.recount.audit;

import dev.recount.web.ProblemType;
import java.util.List;

/** Signs and stores checkpoints of the current log. It never signs one that contradicts an earlier one. */
final class CheckpointIssuer {

    private final String origin;
    private final VerifiedTree tree;
    private final LogMonitor monitor;
    private final KeyFile keys;
    private final Checkpoints checkpoints;

    CheckpointIssuer(String origin, VerifiedTree tree, LogMonitor monitor, KeyFile keys, Checkpoints checkpoints) {
        this.origin = origin;
        this.tree = tree;
        this.monitor = monitor;
        this.keys = keys;
        this.checkpoints = checkpoints;
    }

    /**
     * Issues a checkpoint of the whole log, signed by all keys.
     *
     * @throws dev.recount.web.ProblemException if the log contradicts an earlier one, or there is no key
     */
    String issue() {
        monitor.look().ifPresent(inconsistency -> {
            throw ProblemType.LOG_TAMPERED_WITH
                    .problem(inconsistency.message() + ".")
                    .exception();
        });
        var signing = signingKeys();
        var size = tree.size();
        var root = tree.read(log -> log.root(size));
        var note = Note.signed(Note.checkpoint(origin, size, root), signing);
        signing.forEach(key -> checkpoints.keepKey(key.verifier()));
        checkpoints.keep(size, root, note);
        return note;
    }

    private List<SigningKey> signingKeys() {
        try {
            return keys.keys();
        } catch (UnusableKeyException unusable) {
            throw ProblemType.SIGNING_KEY_UNUSABLE
                    .problem(unusable.getMessage() + ".")
                    .exception();
        }
    }
}
