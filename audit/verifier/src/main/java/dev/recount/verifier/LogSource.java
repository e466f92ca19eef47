package dev.recount.verifier;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in one of the places where it can lie, read from its first event to its last. */
public interface LogSource extends AutoCloseable {

    /** What has been read of the log and is yet to be understood, which another thread may do. */
    @FunctionalInterface
    interface Portion {
        List<Leaf> read();
    }

    /** For people. */
    String name();

    String origin();

    /** What the log says about itself: how long it is, and under which root. Nothing where it is just the events. */
    @Nullable
    Witness head();

    /** By which checkpoints are signed: those known from elsewhere, or else those that came along with the log. */
    List<VerifierKey> keys();

    /** What was signed and came along with the log. */
    List<Witness> witnesses();

    /** What came along and does not hold. */
    List<Finding> findings();

    /** The next events, or nothing behind the last. */
    @Nullable
    Portion next() throws IOException, SQLException;

    /** The first of these positions that was written later than one behind it, where that can be seen. */
    default @Nullable Long rewritten(Stretch among) throws SQLException {
        return null;
    }

    @Override
    void close() throws IOException, SQLException;
}
