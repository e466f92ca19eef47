package dev.recount.query.consistency;

/**
 * Signals that a connection may be younger than the positions that the read relies on. The read must wait for its
 * projection again and start over. This costs a round trip, once for each connection that the pool opens.
 */
public final class RenewedConnectionException extends RuntimeException {

    RenewedConnectionException() {
        super("the connection may have been opened since the projection's position was learnt", null, false, false);
    }
}
