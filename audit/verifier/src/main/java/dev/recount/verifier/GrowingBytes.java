package dev.recount.verifier;

import java.util.Arrays;

/** A growing byte buffer, whose content can also be moved. */
final class GrowingBytes {

    private static final int FIRST = 512;

    private byte[] bytes = new byte[FIRST];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void writeAscii(String text) {
        reserve(text.length());
        for (var i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void replaceLast(int value) {
        bytes[size - 1] = (byte) value;
    }

    /** The bytes from an offset on. */
    byte[] tail(int from) {
        return Arrays.copyOfRange(bytes, from, size);
    }

    void overwrite(int offset, byte[] source, int from, int length) {
        System.arraycopy(source, from, bytes, offset, length);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.multiplyExact(size, 2)));
        }
    }
}
