package dev.recount.verifier;

/** A range of one or more consecutive positions. */
public record Stretch(long from, long to) {

    static Stretch of(long position) {
        return new Stretch(position, position);
    }

    @Override
    public String toString() {
        return from == to ? Long.toString(from) : from + " to " + to;
    }
}
