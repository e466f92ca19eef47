package dev.recount.query.consistency;

/**
 * The guarantee that a read has after waiting for its projection: its rows show every event up to the position.
 *
 * <p>A response built from then on is valid for any other read of the same epoch that requires no later position.
 *
 * @param rowsEpoch epoch of the rows; changes whenever the rows change other than by applying further events
 * @param since the moment ({@link ReadSessions#now}) than which no connection used for the rows may be younger
 */
public record ReadPosition(long position, long rowsEpoch, long since) {

    /** Whether a response built at this position satisfies the other one. */
    public boolean includes(ReadPosition other) {
        return rowsEpoch == other.rowsEpoch && position >= other.position;
    }
}
