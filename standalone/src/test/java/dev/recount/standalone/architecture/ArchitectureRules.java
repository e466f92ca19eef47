package dev.recount.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The dependency rules of the modules for a root package, so that they can also be tested on offenders. */
record ArchitectureRules(String root) {

    /** The rules by the name of the package below {@code offender} that breaks each. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("knowing", eventsKnowNobody());
        rules.put("upward", module("eventstore", "events"));
        rules.put("sided", module("web", "events", "eventstore"));
        rules.put("commandreadsquery", module("command", "events", "eventstore", "web"));
        rules.put("querycallscommand", module("query", "events", "eventstore", "web"));
        rules.put("auditing", module("audit", "events", "eventstore", "web", "query"));
        rules.put("embedding", module("postgres"));
        rules.put("verifying", verifierSharesNoCode());
        rules.put("verified", nobodyBorrowsFromTheVerifier());
        rules.put("framed", domainKnowsNoFramework());
        rules.put("clocked", domainAsksNoClockAndThrowsNoDice());
        rules.put("open", closedSetsAreSealed());
        rules.put("handling", webAloneTurnsExceptionsIntoAnswers());
        rules.put("unmarked", packagesAreNullMarked());
        rules.put("named", namesSayWhatThingsAre());
        rules.put("sleeping", nobodySleeps());
        rules.put("cyclic", packagesFormNoCycles());
        rules.put("machined", readModelsUseProjectionsAndRowsAlone());
        rules.put("rowed", rowsKnowNoLog());
        rules.put("shelled", pureFeaturesKnowNoShell());
        return rules;
    }

    ArchRule eventsKnowNobody() {
        return classes()
                .that()
                .resideInAPackage(below("events"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        below("events"), "java..", "org.jspecify.annotations..", "com.fasterxml.jackson.annotation..")
                .because("the events are the contract between the sides and outlive every library");
    }

    private ArchRule module(String name, String... lower) {
        String[] allowed = Stream.concat(Stream.of(name), Arrays.stream(lower))
                .map(this::below)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(below(name))
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + "..").and(resideOutsideOfPackages(allowed)))
                .because(name + " may know only " + Arrays.asList(lower));
    }

    ArchRule verifierSharesNoCode() {
        return classes()
                .that()
                .resideInAPackage(below("verifier"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        below("verifier"), "java..", "org.jspecify..", "tools.jackson.core..", "org.postgresql..")
                .because("the verifier must not repeat a mistake of the writer");
    }

    ArchRule nobodyBorrowsFromTheVerifier() {
        return noClasses()
                .that(resideInAnyPackage(root + "..")
                        .and(resideOutsideOfPackages(below("verifier"), below("standalone"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(below("verifier"))
                .because("the verifier must not repeat a mistake of the writer");
    }

    ArchRule domainKnowsNoFramework() {
        return noClasses()
                .that(areDomain())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.axonframework..",
                        "com.fasterxml.jackson..",
                        "tools.jackson..",
                        "java.sql..",
                        "javax.sql..",
                        "org.slf4j..")
                .because("decisions depend only on values");
    }

    ArchRule domainAsksNoClockAndThrowsNoDice() {
        return noClasses()
                .that(areDomain())
                .should()
                .callMethodWhere(describe("read the clock or generate random numbers", ArchitectureRules::isImpure))
                .orShould()
                .dependOnClassesThat(describe(
                        "give time or randomness",
                        (JavaClass type) -> Set.of(
                                        "java.time.Clock",
                                        "java.util.Random",
                                        "java.util.SplittableRandom",
                                        "java.security.SecureRandom",
                                        "java.util.concurrent.ThreadLocalRandom")
                                .contains(type.getName())))
                .because("time, ids and actor arrive as arguments");
    }

    private static boolean isImpure(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        return switch (call.getTarget().getName()) {
            case "now" -> owner.startsWith("java.time.");
            case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
            case "random" -> owner.equals("java.lang.Math");
            case "randomUUID" -> owner.equals("java.util.UUID");
            default -> false;
        };
    }

    /** With sealed types, a new case breaks the build at every switch that lacks it. */
    ArchRule closedSetsAreSealed() {
        return classes()
                .that(areDomain().or(resideInAnyPackage(root + ".events")))
                .and()
                .areInterfaces()
                .and()
                .haveNameMatching(".*(Event|Command|Rejection|Outcome|Decision)")
                .should(satisfy("be sealed", type -> type.reflect().isSealed()))
                .because("a new case must break the build at every switch that lacks it");
    }

    ArchRule webAloneTurnsExceptionsIntoAnswers() {
        String annotations = "org.springframework.web.bind.annotation.";
        return noClasses()
                .that(resideInAnyPackage(root + "..").and(resideOutsideOfPackages(below("web"))))
                .should()
                .dependOnClassesThat(describe(
                        "turn exceptions into responses",
                        (JavaClass type) -> Set.of(
                                        "ExceptionHandler",
                                        "ControllerAdvice",
                                        "RestControllerAdvice",
                                        "ResponseStatus")
                                .contains(type.getName().replace(annotations, ""))))
                .because("exceptions become problem documents in exactly one place");
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(satisfy(
                        "be in a package marked @NullMarked",
                        type -> type.getPackage()
                                .tryGetPackageInfo()
                                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                                .isPresent()));
    }

    ArchRule namesSayWhatThingsAre() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Dto)(\\$.*)?")
                .because("these words do not describe what a class does");
    }

    /** Retries must wait a short random time, so that they do not all come back together. */
    ArchRule nobodySleeps() {
        return noClasses()
                .that(describe(
                        "do not retry",
                        (JavaClass type) -> !type.getName().equals(root + ".command.bus.ConflictRetry")))
                .should()
                .callMethodWhere(describe(
                        "sleep",
                        (JavaCall<?> call) -> call.getTarget().getName().equals("sleep")
                                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                        .contains(call.getTargetOwner().getName())))
                .because("waiting for a condition is faster, and also correct on a slow machine");
    }

    ArchRule packagesFormNoCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** The code that updates read models must be replaceable without changing them. */
    ArchRule readModelsUseProjectionsAndRowsAlone() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        Stream.of("issues", "timeline", "users", "imports", "bulkchanges", "reports", "timetravel")
                                .map(model -> below("query." + model))
                                .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.of("daemon", "checkpoint", "deadletters", "generations", "admin")
                        .map(machinery -> below("query." + machinery))
                        .toArray(String[]::new))
                .because("a read model needs only the projection and rows packages");
    }

    ArchRule rowsKnowNoLog() {
        return noClasses()
                .that()
                .resideInAPackage(below("query.rows"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(below("eventstore"), below("query.projection"))
                .because("the conversion of records to rows is independent of their content");
    }

    /** The shells of a feature are the packages below it. */
    ArchRule pureFeaturesKnowNoShell() {
        return noClasses()
                .that(areDomain())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".command..axon..", root + ".command..http..", below("command.bus"))
                .because("a decision does not depend on its caller");
    }

    /** The packages of aggregates themselves; their shells are the packages below. */
    private DescribedPredicate<JavaClass> areDomain() {
        return resideInAnyPackage(
                        root + ".command.issue",
                        root + ".command.undo",
                        root + ".command.bulk",
                        root + ".command.users")
                .as("are domain");
    }

    private String below(String module) {
        return root + "." + module + "..";
    }

    private static ArchCondition<JavaClass> satisfy(String description, Predicate<JavaClass> predicate) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type, predicate.test(type), type.getName() + " should " + description));
            }
        };
    }
}
