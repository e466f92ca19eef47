package dev.recount.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body of unknown length ends the request with a problem once it is longer than allowed; one that turns out
 * not to be small waits for the room that the longest would need.
 */
final class LimitedRequest extends HttpServletRequestWrapper implements AutoCloseable {

    private final long maxBytes;
    private final Supplier<Problem> tooLarge;
    private final LongFunction<HeapBudget.Share> room;
    private @Nullable ServletInputStream body;
    private HeapBudget.@Nullable Share share;

    /** @param room waits for what a body of so many bytes needs of the heap */
    LimitedRequest(
            HttpServletRequest request,
            long maxBytes,
            Supplier<Problem> tooLarge,
            LongFunction<HeapBudget.Share> room) {
        super(request);
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
        this.room = room;
    }

    @Override
    public void close() {
        if (share != null) {
            share.close();
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Body(super.getInputStream());
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private final class Body extends ServletInputStream {

        private final ServletInputStream source;
        private long seen;

        Body(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = source.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) {
            seen += bytes;
            if (seen > maxBytes) {
                throw tooLarge.get().exception();
            }
            if (seen > BodyLimitFilter.SMALL && share == null) {
                share = room.apply(maxBytes);
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
