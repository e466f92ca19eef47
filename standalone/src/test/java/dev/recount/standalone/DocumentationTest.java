package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.web.DeclaresParameters;
import dev.recount.web.KnownParameters;
import dev.recount.web.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The documentation is complete, and its links lead somewhere. */
class DocumentationTest {

    private static final int LONGEST_README = 150;
    private static final Pattern OPTION = Pattern.compile("^\\| `(recount\\.[a-z.-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern PROBLEM = Pattern.compile("^\\| (\\d{3}) \\| `([a-z-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern ENDPOINT =
            Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\| ([^|]*)\\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern TERM = Pattern.compile("^\\| [^|]+ \\| [^|]+ \\| `(\\w+)` \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void every_link_leads_to_a_file_and_a_heading_that_exist() {
        Map<String, Object> broken = new TreeMap<>();
        int links = 0;
        for (MarkdownPage page : MarkdownPage.all()) {
            links += page.links().size();
            if (!page.brokenLinks().isEmpty()) {
                broken.put(page.file().toString(), page.brokenLinks());
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    @Test
    void a_link_that_leads_nowhere_is_found() {
        MarkdownPage page = new MarkdownPage(MarkdownPage.REPOSITORY.resolve("docs/page.md"), """
            # Page of `code` and text

            [sound](../README.md#quick-start), [here](#page-of-code-and-text), [folder](adr), [web](https://example.com/none),
            [gone](none.md), [no heading](../README.md#none), [not here](#none), [outside](../../etc), `[code](none)`

            ```sh
            # [block](none)
            ```
            """);
        assertThat(page.brokenLinks()).containsExactly("none.md", "../README.md#none", "#none", "../../etc");
    }

    @Test
    void headings_of_the_same_text_have_anchors_of_their_own(@TempDir Path folder) {
        MarkdownPage page = new MarkdownPage(folder.resolve("page.md"), "# A, b\n\n## The `log`\n\n### The log\n");
        assertThat(page.anchors()).containsExactlyInAnyOrder("a-b", "the-log", "the-log-1");
    }

    @Test
    void the_README_is_short() {
        assertThat(MarkdownPage.of("README.md").text().lines()).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void the_configuration_page_names_every_option_there_is_and_no_other() {
        assertThat(OPTION.matcher(MarkdownPage.of("docs/configuration.md").text())
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(UnknownOptions.known().stream()
                        .map(ConfigurationPropertyName::toString)
                        .toList());
    }

    @Test
    void the_API_page_names_every_problem_there_is_and_no_other() {
        assertThat(PROBLEM.matcher(MarkdownPage.of("docs/api.md").section("## Problem codes"))
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> type.status() + " " + type.code())
                        .toList());
    }

    @Test
    void the_API_page_names_every_endpoint_with_its_parameters_and_no_other() {
        Map<String, Set<String>> documented = new TreeMap<>();
        ENDPOINT.matcher(MarkdownPage.of("docs/api.md").section("## Endpoints"))
                .results()
                .forEach(row -> documented.put(row.group(1), parametersIn(row.group(1), row.group(2))));
        try (Recount recount = Recount.start()) {
            assertThat(documented).isEqualTo(endpointsOf(recount));
        }
    }

    private static Set<String> parametersIn(String endpoint, String cell) {
        Set<String> parameters =
                CODE.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
        if (endpoint.startsWith("GET /reports/")) {
            parameters.add("as_of");
        }
        return parameters;
    }

    private static Map<String, Set<String>> endpointsOf(Recount recount) {
        Map<String, Set<String>> endpoints = new TreeMap<>();
        recount.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (method.getBeanType().getName().startsWith("dev.recount.")) {
                        for (String path : mapping.getPatternValues()) {
                            mapping.getMethodsCondition()
                                    .getMethods()
                                    .forEach(verb ->
                                            endpoints.put(verb + " " + path.replace("{*", "{"), parametersOf(method)));
                        }
                    }
                });
        return endpoints;
    }

    private static Set<String> parametersOf(HandlerMethod method) {
        if (method.createWithResolvedBean().getBean() instanceof DeclaresParameters declaring) {
            return new TreeSet<>(declaring.parameters());
        }
        KnownParameters known = method.getMethodAnnotation(KnownParameters.class);
        return known == null ? Set.of() : new TreeSet<>(Arrays.asList(known.value()));
    }

    @Test
    void every_class_in_the_glossary_exists() throws IOException {
        Set<String> classes = classes();
        assertThat(TERM.matcher(MarkdownPage.of("docs/glossary.md").text())
                        .results()
                        .map(row -> row.group(1)))
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(classes).contains(name));
    }

    /** Not of one walk over everything: what is built changes meanwhile. */
    private static Set<String> classes() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path sources : sources(MarkdownPage.REPOSITORY, 2)) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> classes.add(name.replace(".java", "")));
            }
        }
        return classes;
    }

    private static List<Path> sources(Path folder, int depth) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(folder)) {
            for (Path module : modules.filter(Files::isDirectory).toList()) {
                Path java = module.resolve("src/main/java");
                if (Files.isDirectory(java)) {
                    sources.add(java);
                } else if (depth > 1) {
                    sources.addAll(sources(module, depth - 1));
                }
            }
        }
        return sources;
    }
}
