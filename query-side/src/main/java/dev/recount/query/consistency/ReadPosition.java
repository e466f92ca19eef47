package dev.recount.query.consistency;

/**
 * What a read can rely on that waited for its projection: its rows show every event up to the position.
 *
 * <p>An answer that is made from then on is still right for another read of the same edition that need not see more.
 *
 * @param rowsEpoch of the rows; changes whenever they do otherwise than by going on in the log
 * @param since the moment ({@link ReadSessions#now}) that no connection on which the rows are read may be younger than
 */
public record ReadPosition(long position, long rowsEpoch, long since) {

    /** Whether what was answered under this coverage is all that the other asks for. */
    public boolean includes(ReadPosition other) {
        return rowsEpoch == other.rowsEpoch && position >= other.position;
    }
}
