package dev.recount.query.consistency;

/**
 * A read was given a connection that may be younger than the positions that it relies on: it has to wait for its projection
 * once more and begin anew. This costs a round trip, once for each connection that the pool opens.
 */
public final class RenewedConnectionException extends RuntimeException {

    RenewedConnectionException() {
        super("the connection may have been opened since the projection's position was learnt", null, false, false);
    }
}
