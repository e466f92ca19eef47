package dev.recount.verifier;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in the database or in a file, read from its first event to its last. */
public interface LogSource extends AutoCloseable {

    /** Data read from the log but not yet parsed, which another thread may do. */
    @FunctionalInterface
    interface Portion {
        List<Leaf> read();
    }

    /** For people. */
    String name();

    String origin();

    /** The size and root that the log itself declares. Null if it has only events. */
    @Nullable
    Witness head();

    /** The keys for checkpoints: those known from elsewhere, or else those that came with the log. */
    List<VerifierKey> keys();

    /** The signed roots that came with the log. */
    List<Witness> witnesses();

    /** The faults of what came with the log. */
    List<Finding> findings();

    /** The next events, or null after the last. */
    @Nullable
    Portion next() throws IOException, SQLException;

    /** The first of these positions that was written later than a following one, if that is visible. */
    default @Nullable Long rewritten(Stretch among) throws SQLException {
        return null;
    }

    @Override
    void close() throws IOException, SQLException;
}
