package dev.recount.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Unpacks a gzip stream (RFC 1952). A corrupt stream ends the request with 400. */
final class Unpacked extends InputStream {

    private final InputStream packed;
    private @Nullable InputStream source;

    Unpacked(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            if (source == null) {
                source = new GZIPInputStream(packed);
            }
            return source.read(buffer, offset, length);
        } catch (ZipException | EOFException unsound) {
            throw ProblemType.BAD_REQUEST
                    .problem("The body is not packed with gzip, or not soundly.")
                    .exception();
        }
    }
}
