package dev.recount.standalone;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Refuses to start if the locale cannot express the name of a directory. Java would replace characters by question
 * marks, and Recount would create a directory beside the intended one.
 */
final class FileNames implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<String> SETTINGS =
            List.of("user.dir", "recount.data-directory", "recount.audit.key-file", "recount.import.directory");
    private static final List<String> LOCALE = List.of("LC_ALL", "LC_CTYPE", "LANG");

    private static final String ADVICE =
            "Start Recount with a UTF-8 locale, for example LC_ALL=C.UTF-8, or in a directory with an ASCII name.";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        refuseMangled(context.getEnvironment());
    }

    static void refuseMangled(Environment environment) {
        var charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
        for (var setting : SETTINGS) {
            var name = environment.getProperty(setting, "");
            if (isMangled(name, charset)) {
                throw new UnusableStartException(complaint(name, System.getenv()), ADVICE);
            }
        }
    }

    /** Undecodable characters become a replacement character or, in ASCII, a question mark. */
    static boolean isMangled(String name, Charset charset) {
        return name.indexOf('\uFFFD') >= 0
                || (charset.equals(StandardCharsets.US_ASCII) && name.indexOf('?') >= 0)
                || !charset.newEncoder().canEncode(name);
    }

    static String complaint(String name, Map<String, String> variables) {
        String variable = LOCALE.stream()
                .filter(candidate -> !isBlank(variables.get(candidate)))
                .findFirst()
                .orElse("");
        return "The locale " + (variable.isEmpty() ? "POSIX" : variables.get(variable)) + " ("
                + (variable.isEmpty() ? String.join(", ", LOCALE) + " are not set" : variable)
                + ") cannot express the name of the directory or file that Java takes for " + name + ".";
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
