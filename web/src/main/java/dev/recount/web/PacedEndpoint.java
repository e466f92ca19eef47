package dev.recount.web;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Checks all connections periodically and disconnects clients that are too slow. Connections with TLS are not checked.
 */
final class PacedEndpoint extends NioEndpoint {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private volatile MinimumRate rate = new MinimumRate(0, Duration.ZERO);
    private volatile @Nullable Thread watchdog;

    void require(MinimumRate minimum) {
        rate = minimum;
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return isSSLEnabled() ? super.createChannel(buffers) : new PacedChannel(buffers, this::pace);
    }

    private ClientPace pace(@Nullable SocketChannel socket) {
        return new ClientPace(socket, rate);
    }

    @Override
    public void startInternal() throws Exception {
        super.startInternal();
        // A platform thread: it is needed most when all carriers of virtual threads are busy.
        Thread watching =
                Thread.ofPlatform().daemon().name("recount-client-pace").unstarted(this::watch);
        // Set before the thread starts, because the thread ends when it is no longer the current watchdog.
        watchdog = watching;
        watching.start();
    }

    @Override
    public void stopInternal() {
        Thread watching = watchdog;
        watchdog = null;
        LockSupport.unpark(watching);
        super.stopInternal();
    }

    private void watch() {
        long pause =
                Math.min(LONGEST_PAUSE.toNanos(), Math.max(1, rate.patience().toNanos() / 4));
        while (Thread.currentThread().equals(watchdog)) {
            LockSupport.parkNanos(this, pause);
            for (var connection : connections.values()) {
                if (connection.getSocket() instanceof PacedChannel channel) {
                    ClientPace pace = channel.pace();
                    if (pace.isTooSlow()) {
                        pace.cutOff();
                    }
                }
            }
        }
    }
}
