package dev.recount.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests every rule twice: Recount follows it, and an offender is detected. */
class ArchitectureTest {

    private static final String ROOT = "dev.recount";
    private static final String OFFENDERS = "dev.recount.standalone.architecture.offender";
    private static final Path MODULES = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\s*(->|:)");

    @TestFactory
    Stream<DynamicTest> recount_keeps_every_rule() {
        JavaClasses recount = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(ROOT);
        assertThat(recount.containPackage(ROOT + ".command")).isTrue();
        return new ArchitectureRules(ROOT)
                .all().entrySet().stream()
                        .map(rule -> dynamicTest(
                                rule.getValue().getDescription(),
                                () -> rule.getValue().check(recount)));
    }

    @TestFactory
    Stream<DynamicTest> every_rule_finds_its_offender() {
        return new ArchitectureRules(OFFENDERS).all().keySet().stream().map(name -> {
            String world = OFFENDERS + "." + name;
            JavaClasses offenders = new ClassFileImporter().importPackages(world);
            Map<String, ArchRule> rules = new ArchitectureRules(world).all();
            return dynamicTest(name, () -> {
                assertThat(offenders).as("classes in %s", world).isNotEmpty();
                assertThat(rules.get(name)
                                .allowEmptyShould(true)
                                .evaluate(offenders)
                                .hasViolation())
                        .isTrue();
            });
        });
    }

    /** Main code is checked above; this checks the tests of all modules. */
    @Test
    void no_test_sleeps() throws IOException {
        try (Stream<Path> folders = Files.walk(MODULES, 2)) {
            List<Path> tests = folders.map(folder -> folder.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .toList();
            JavaClasses classes = new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/offender/"))
                    .importPaths(tests);
            new ArchitectureRules(ROOT).nobodySleeps().check(classes);
        }
    }

    /** The compiler keeps no trace of a default branch, so this reads the sources. */
    @Test
    void switches_over_closed_sets_have_no_default() throws IOException {
        assertThat(DEFAULT.matcher("default -> state;").find()).isTrue();
        assertThat(DEFAULT.matcher("default boolean exists(long userId) {").find())
                .isFalse();
        List<Path> domains = List.of(
                MODULES.resolve("shared-events/src/main/java"),
                MODULES.resolve("command-side/src/main/java/dev/recount/command/issue"),
                MODULES.resolve("command-side/src/main/java/dev/recount/command/undo"),
                MODULES.resolve("command-side/src/main/java/dev/recount/command/bulk"),
                MODULES.resolve("command-side/src/main/java/dev/recount/command/users"));
        for (Path domain : domains) {
            try (Stream<Path> files = Files.walk(domain, domain.endsWith("java") ? Integer.MAX_VALUE : 1)) {
                assertThat(files.filter(file -> file.toString().endsWith(".java")))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(DEFAULT));
            }
        }
    }

    @Test
    void every_package_says_what_it_promises() throws IOException {
        assertThat(saysWhatItPromises("@NullMarked package dev.recount.query;")).isFalse();
        assertThat(saysWhatItPromises("/** The users. */ @NullMarked package dev.recount.query;"))
                .isTrue();
        try (Stream<Path> files = Files.walk(MODULES)) {
            List<Path> packages = files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                            .exists()
                            .content()
                            .matches(ArchitectureTest::saysWhatItPromises, "says what the package promises"));
        }
    }

    private static boolean saysWhatItPromises(String packageInfo) {
        return packageInfo.startsWith("/**");
    }
}
