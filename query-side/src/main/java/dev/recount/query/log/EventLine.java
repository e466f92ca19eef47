package dev.recount.query.log;

import java.io.IOException;
import java.io.OutputStream;

/** The position of an event and its line of JSON, shared by all clients that read it. */
final class EventLine {

    private static final int BESIDES_TEXT = 64;

    private final long position;
    private final byte[] line;

    EventLine(long position, byte[] line) {
        this.position = position;
        this.line = line;
    }

    long position() {
        return position;
    }

    /** Memory in bytes. */
    long size() {
        return BESIDES_TEXT + (long) line.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(line);
    }
}
