package dev.recount.eventstore.testing;

/** Tests that can be short or long are long with {@code ./mvnw verify -Pslow}. */
public final class Thoroughness {

    private Thoroughness() {}

    public static int rounds(int quick, int thorough) {
        return Boolean.getBoolean("recount.slow") ? thorough : quick;
    }
}
