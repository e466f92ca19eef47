package dev.recount.query.responses;

import dev.recount.query.consistency.ReadConsistency;
import dev.recount.query.consistency.ReadPosition;
import dev.recount.query.consistency.ReadSessions;
import java.util.Optional;

/**
 * A read that has waited for the data that it must see.
 *
 * @param position what it waited for; empty if it reads something other than one projection, or accepts stale data
 * @param since the moment ({@link ReadSessions#now}) that limits the age of the connections on which it reads rows; none of
 *     them may be younger
 */
record AwaitedRead(ReadConsistency terms, Optional<ReadPosition> position, long since) {}
