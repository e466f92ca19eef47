package dev.recount.verifier;

/** Consecutive positions, of which there may be one. */
public record Stretch(long from, long to) {

    static Stretch of(long position) {
        return new Stretch(position, position);
    }

    @Override
    public String toString() {
        return from == to ? Long.toString(from) : from + " to " + to;
    }
}
