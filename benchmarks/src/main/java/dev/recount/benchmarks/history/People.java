package dev.recount.benchmarks.history;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The users of a history. The first ones do the most. */
record People(SplittableRandom random, int count) {

    /** The command side reserves 1 for the user that every installation has. */
    static final long FIRST = 2;

    private static final List<String> NAMES = List.of(
            "Ada",
            "Alan",
            "Anita",
            "Barbara",
            "Dennis",
            "Donald",
            "Edsger",
            "Frances",
            "Grace",
            "Jean",
            "John",
            "Karen",
            "Ken",
            "Leslie",
            "Margaret",
            "Niklaus",
            "Radia",
            "Robin",
            "Sophie",
            "Tony");

    long anyone() {
        double chance = random.nextDouble();
        return FIRST + (long) (chance * chance * count);
    }

    String username(long id) {
        return displayName(id).toLowerCase(Locale.ROOT).replace(' ', '.');
    }

    String displayName(long id) {
        return NAMES.get((int) (id % NAMES.size())) + " " + id;
    }
}
