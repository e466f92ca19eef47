package dev.recount.command.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportDirectoryTest {

    @TempDir
    private Path parent;

    @Test
    void it_goes_with_all_its_files_when_it_is_closed() throws Exception {
        try (ImportDirectory directory = ImportDirectory.below(parent.resolve("new"))) {
            Files.writeString(directory.path().resolve("upload"), "A,,,");
        }

        assertThat(parent.resolve("new")).isEmptyDirectory();
    }

    @Test
    void what_a_killed_process_left_behind_is_deleted_and_what_a_living_one_has_is_not() throws Exception {
        Process other = process();
        try {
            Path itsDirectory = Path.of(other.inputReader().readLine());
            try (ImportDirectory mine = ImportDirectory.below(parent);
                    ImportDirectory alsoMine = ImportDirectory.below(parent)) {
                assertThat(itsDirectory).isNotEmptyDirectory();
                assertThat(mine.path()).isNotEmptyDirectory();
                assertThat(mine.path()).isNotEqualTo(alsoMine.path());
            }

            other.destroyForcibly().waitFor();
            assertThat(itsDirectory).isNotEmptyDirectory();
            ImportDirectory.below(parent).close();
            assertThat(parent).isEmptyDirectory();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void what_only_looks_like_one_is_left_alone() throws Exception {
        Path file = Files.writeString(parent.resolve("recount-import-plan.txt"), "1. Import.");
        Path directory = Files.createDirectory(parent.resolve("recount-import-of-mine"));

        ImportDirectory.below(parent).close();

        assertThat(file).exists();
        assertThat(directory).exists();
    }

    private Process process() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A process that holds a directory and prints its name, until it is killed. */
    static final class Holder {

        static void main(String[] arguments) throws Exception {
            ImportDirectory directory = ImportDirectory.below(Path.of(arguments[0]));
            System.out.println(directory.path());
            var _ = System.in.read();
        }
    }
}
