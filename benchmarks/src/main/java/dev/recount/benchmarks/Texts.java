package dev.recount.benchmarks;

/** The texts of the issues that the benchmarks create: of ordinary length, the same for the floor. */
final class Texts {

    static final String TITLE = "Export stops after the first page when the filter is empty";

    static final String DESCRIPTION = "Open the list, clear the filter and export. The file ends after 50 rows. "
            .repeat(3)
            .strip();

    private Texts() {}
}
