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
 * Measures how long the client of one connection makes the server wait, for bytes of a request or for room to send a
 * response. Time in which the server works, or has nothing to send, does not count.
 */
public final class ClientPace {

    /** The index of Tomcat's request note that holds the pace. */
    static final int NOTE = 21;

    static final String ATTRIBUTE = ClientPace.class.getName();

    /** For a request without a watched connection. Its client counts as fast. */
    static final ClientPace UNKNOWN = new ClientPace(null, new MinimumRate(0, Duration.ZERO));

    private static final Logger LOG = LoggerFactory.getLogger(ClientPace.class);

    private final @Nullable SocketChannel socket;
    private final MinimumRate rate;

    private boolean begun;
    private boolean sending;
    private boolean waiting;
    private boolean isCutOff;
    private long waitingSince;
    /** Nanoseconds waited since the request began. */
    private long waited;
    /** Bytes of body and response so far. */
    private long moved;
    /** Nanoseconds of waiting that transferred bytes have not paid for. */
    private double debt;

    ClientPace(@Nullable SocketChannel socket, MinimumRate rate) {
        this.socket = socket;
        this.rate = rate;
    }

    /** The pace of the client that sent the request. */
    public static ClientPace of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientPace known ? known : UNKNOWN;
    }

    /** Nanoseconds for which the server has waited since the request began. */
    public synchronized long waitedNanos() {
        return waiting ? waited + System.nanoTime() - waitingSince : waited;
    }

    /** Bytes received or sent since the request began. */
    public synchronized long movedBytes() {
        return moved;
    }

    /** Whether the server is waiting for the client now. */
    public synchronized boolean isWaitedFor() {
        return waiting;
    }

    /** Ends the connection's request: a wait for the client throws, and a missing body leads to 408. */
    public void cutOff() {
        boolean inAnswer;
        synchronized (this) {
            if (isCutOff || socket == null) {
                return;
            }
            isCutOff = true;
            inAnswer = sending;
        }
        LOG.debug(
                "Disconnecting a client that is too slow, {}",
                inAnswer ? "reading its response" : "sending its request");
        try {
            // Either shutdown wakes the waiting thread, which closing the socket would not.
            if (inAnswer) {
                // Drop unread response bytes instead of keeping them in the system's memory.
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.shutdownOutput();
            } else {
                socket.shutdownInput();
            }
        } catch (IOException alreadyClosed) {
            LOG.trace("The client has disconnected already", alreadyClosed);
        }
    }

    /** Whether the client was cut off while the server was sending. */
    synchronized boolean isCutOffSending() {
        return isCutOff && sending;
    }

    synchronized boolean isCutOff() {
        return isCutOff;
    }

    /** Records received bytes, or 0 while the server waits for some. */
    synchronized void received(int bytes) {
        sending = false;
        if (bytes > 0) {
            begun = true;
            progress(bytes);
        } else if (bytes == 0 && begun) {
            await();
        }
    }

    /** @param isAll whether everything has been sent */
    synchronized void sent(long bytes, boolean isAll) {
        progress(bytes);
        sending = !isAll;
        if (!isAll) {
            await();
        }
    }

    /** Begins a request, after its head has arrived. */
    synchronized void begin() {
        waiting = false;
        waited = 0;
        moved = 0;
        debt = 0;
    }

    /** Ends the request. The server expects nothing of the client before the next one. */
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
