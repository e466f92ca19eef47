package dev.recount.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    @ParameterizedTest
    @CsvSource({"1.8,1.8.0_452", "11,11.0.27", "17,17.0.15", "24,24.0.1"})
    void a_java_that_is_too_old_is_named_with_what_to_install(String specification, String version) {
        assertThat(Launcher.complaintAbout(specification, version, "/opt/java"))
                .isEqualTo("Recount needs Java 25, but was started with Java " + version
                        + " (/opt/java): install a JDK 25, for example Temurin (https://adoptium.net), and start"
                        + " Recount with its bin/java.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "26", "100"})
    void a_java_that_is_new_enough_is_not_complained_about(String specification) {
        assertThat(Launcher.complaintAbout(specification, specification, "/opt/java"))
                .isEmpty();
    }

    @Test
    void it_is_compiled_for_a_java_old_enough_to_complain() throws Exception {
        try (var stream = Launcher.class.getResourceAsStream("Launcher.class")) {
            // Bytes 6 and 7 are the major version: 52 is that of Java 8.
            assertThat(stream.readNBytes(8)[7]).isEqualTo((byte) 52);
        }
    }
}
