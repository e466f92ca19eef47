package dev.recount.standalone;

/** Tests that can be short or long are long with {@code ./mvnw verify -Pslow}. */
final class Thoroughness {

    private Thoroughness() {}

    static int rounds(int quick, int thorough) {
        return Boolean.getBoolean("recount.slow") ? thorough : quick;
    }
}
