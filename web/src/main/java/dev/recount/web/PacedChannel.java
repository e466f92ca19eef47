package dev.recount.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** A connection that measures its client's pace. Tomcat reuses it for another connection after the end of this one. */
final class PacedChannel extends NioChannel {

    private final Function<@Nullable SocketChannel, ClientPace> paces;
    private volatile ClientPace pace;

    PacedChannel(SocketBufferHandler buffers, Function<@Nullable SocketChannel, ClientPace> paces) {
        super(buffers);
        this.paces = paces;
        this.pace = paces.apply(null);
    }

    ClientPace pace() {
        return pace;
    }

    @Override
    public void reset(@Nullable SocketChannel socket, @Nullable NioSocketWrapper wrapper) throws IOException {
        super.reset(socket, wrapper);
        pace = paces.apply(socket);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        requireNotCutOff(pace.isCutOff());
        int read = super.read(into);
        pace.received(read);
        return read;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        requireNotCutOff(pace.isCutOff());
        long read = super.read(into, offset, length);
        pace.received((int) Math.min(Integer.MAX_VALUE, read));
        return read;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        requireNotCutOff(pace.isCutOffSending());
        int written = super.write(from);
        pace.sent(written, !from.hasRemaining());
        return written;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        requireNotCutOff(pace.isCutOffSending());
        long written = super.write(from, offset, length);
        pace.sent(written, !from[offset + length - 1].hasRemaining());
        return written;
    }

    private static void requireNotCutOff(boolean isCutOff) throws IOException {
        if (isCutOff) {
            throw new SocketTimeoutException("The client is too slow.");
        }
    }
}
