package dev.recount.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is counted as it arrives. A body over the limit ends the request with a problem, and a body that
 * is not small waits for memory. A packed body appears as if sent unpacked, in chunks.
 */
final class LimitedRequest extends HttpServletRequestWrapper {

    private static final String CONTENT_LENGTH = "Content-Length";

    private final boolean packed;
    private final long maxBytes;
    private final Supplier<Problem> tooLarge;
    private final BodyMemory memory;
    private @Nullable ServletInputStream body;

    /** @param packed whether the body is packed with gzip; its unpacked size counts */
    LimitedRequest(
            HttpServletRequest request, boolean packed, long maxBytes, Supplier<Problem> tooLarge, BodyMemory memory) {
        super(request);
        this.packed = packed;
        this.maxBytes = maxBytes;
        this.tooLarge = tooLarge;
        this.memory = memory;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            ServletInputStream source = super.getInputStream();
            body = new Body(source, packed ? new Unpacked(source) : source, getContentLengthLong());
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return packed ? -1 : super.getContentLength();
    }

    @Override
    public long getContentLengthLong() {
        return packed ? -1 : super.getContentLengthLong();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isOfPacking(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isOfPacking(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(this::isOfPacking);
        return Collections.enumeration(names);
    }

    private boolean isOfPacking(String header) {
        return packed && (header.equalsIgnoreCase(CONTENT_LENGTH) || header.equalsIgnoreCase(ContentCoding.HEADER));
    }

    private final class Body extends ServletInputStream {

        private final ServletInputStream raw;
        private final InputStream source;
        private final long length;
        private long seen;

        Body(ServletInputStream raw, InputStream source, long length) {
            this.raw = raw;
            this.source = source;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            count(value < 0 ? -1 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int size) throws IOException {
            int read = source.read(buffer, offset, size);
            count(read);
            return read;
        }

        private void count(int bytes) {
            seen += Math.max(0, bytes);
            if (seen > maxBytes) {
                throw tooLarge.get().exception();
            }
            if (bytes < 0 || seen == length) {
                memory.complete(seen);
            } else {
                memory.arrived(seen, length < 0 ? maxBytes : length);
            }
        }

        @Override
        public boolean isFinished() {
            return raw.isFinished();
        }

        @Override
        public boolean isReady() {
            return raw.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            raw.setReadListener(listener);
        }
    }
}
