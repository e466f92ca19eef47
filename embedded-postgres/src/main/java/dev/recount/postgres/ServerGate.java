package dev.recount.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A lock for commands that start, join or leave the server of a directory. The kernel releases it when a command is
 * killed.
 */
final class ServerGate implements AutoCloseable {

    private final FileChannel channel;

    private ServerGate(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits while another command holds it. */
    static ServerGate enter(DataDirectory directory, Duration patience) {
        try {
            var channel = FileChannel.open(directory.gate(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                await(channel, patience);
                return new ServerGate(channel);
            } catch (TimeoutException _) {
                channel.close();
                throw busy(directory);
            } catch (InterruptedException _) {
                channel.close();
                Thread.currentThread().interrupt();
                throw busy(directory);
            } catch (ExecutionException failure) {
                channel.close();
                throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
            }
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    /** Waits in another thread, because the kernel's wait has no timeout. Closing the channel ends it. */
    private static void await(FileChannel channel, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        var lock = new FutureTask<>(channel::lock);
        Thread.ofPlatform().daemon().name("server-gate").start(lock);
        lock.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static EmbeddedPostgresException busy(DataDirectory directory) {
        return new EmbeddedPostgresException(
                "Another command is starting or stopping the PostgreSQL in " + directory.root() + " and does not end.",
                "Try again in a moment.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
