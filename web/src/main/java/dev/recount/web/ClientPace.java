package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the client of one connection has let the server wait, for bytes of a request that has begun or for room to send
 * an answer. The time in which the server works, or has nothing to send, does not count.
 */
public final class ClientPace {

    /** Where Tomcat keeps it at a request of its own. */
    static final int NOTE = 21;

    static final String ATTRIBUTE = ClientPace.class.getName();

    /** For a request that came over no connection of ours: its client is always fast. */
    static final ClientPace UNKNOWN = new ClientPace(null, new MinimumRate(0, Duration.ZERO));

    private static final Logger LOG = LoggerFactory.getLogger(ClientPace.class);

    private final @Nullable SocketChannel socket;
    private final MinimumRate rate;

    private boolean begun;
    private boolean sending;
    private boolean waiting;
    private boolean isCutOff;
    private long waitingSince;
    /** Nanoseconds since the request was begun. */
    private long waited;
    /** Bytes of body and answer so far. */
    private long moved;
    /** Nanoseconds that were waited and not bought by bytes. */
    private double debt;

    ClientPace(@Nullable SocketChannel socket, MinimumRate rate) {
        this.socket = socket;
        this.rate = rate;
    }

    /** The pace of the client that sent the request. */
    public static ClientPace of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientPace known ? known : UNKNOWN;
    }

    /** Nanoseconds for which the server has waited since the request was begun. */
    public synchronized long waitedNanos() {
        return waiting ? waited + System.nanoTime() - waitingSince : waited;
    }

    /** Bytes that have come or gone since the request was begun. */
    public synchronized long movedBytes() {
        return moved;
    }

    /** Whether the server waits for the client at this moment. */
    public synchronized boolean isWaitedFor() {
        return waiting;
    }

    /** Ends the connection's request: what waits for the client throws, and a body that does not come is 408. */
    public void cutOff() {
        boolean inAnswer;
        synchronized (this) {
            if (isCutOff || socket == null) {
                return;
            }
            isCutOff = true;
            inAnswer = sending;
        }
        LOG.debug("A client is cut off that is too slow, {}", inAnswer ? "taking its answer" : "sending its request");
        try {
            // Either wakes the thread that waits, as closing the socket would not.
            if (inAnswer) {
                // What it has not taken so far shall not wait for it in the system's memory.
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.shutdownOutput();
            } else {
                socket.shutdownInput();
            }
        } catch (IOException alreadyClosed) {
            LOG.trace("A client has gone by itself", alreadyClosed);
        }
    }

    /** Whether what is sent now goes nowhere. */
    synchronized boolean isCutOffSending() {
        return isCutOff && sending;
    }

    synchronized boolean isCutOff() {
        return isCutOff;
    }

    /** So many bytes have come, or none yet. */
    synchronized void received(int bytes) {
        sending = false;
        if (bytes > 0) {
            begun = true;
            progress(bytes);
        } else if (bytes == 0 && begun) {
            await();
        }
    }

    /** @param isAll whether nothing is left to send */
    synchronized void sent(long bytes, boolean isAll) {
        progress(bytes);
        sending = !isAll;
        if (!isAll) {
            await();
        }
    }

    /** The head of a request has come. */
    synchronized void begin() {
        waiting = false;
        waited = 0;
        moved = 0;
        debt = 0;
    }

    /** Nothing is expected of the client before its next request. */
    synchronized void rest() {
        begun = false;
        begin();
    }

    synchronized boolean isTooSlow() {
        return waiting && !isCutOff && rate.isAny() && rate.isExceededBy(debt + (System.nanoTime() - waitingSince));
    }

    private void await() {
        if (!waiting) {
            waiting = true;
            waitingSince = System.nanoTime();
        }
    }

    private void progress(long bytes) {
        moved += bytes;
        if (waiting && bytes > 0) {
            waiting = false;
            long now = System.nanoTime() - waitingSince;
            waited += now;
            debt = debt + now;
        }
        if (debt > 0) {
            debt = Math.max(0, debt - rate.boughtBy(bytes));
        }
    }
}
