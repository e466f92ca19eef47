package dev.recount.standalone;

import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An option of Recount does not exist. */
final class UnknownOptionException extends RuntimeException {

    private final Set<ConfigurationPropertyName> known;

    UnknownOptionException(ConfigurationPropertyName name, Set<ConfigurationPropertyName> known) {
        super("There is no option " + name + ".");
        this.known = Set.copyOf(known);
    }

    /** The existing options. */
    String alternatives() {
        StringBuilder options = new StringBuilder("The options of Recount's own are");
        known.stream().sorted().forEach(name -> options.append("\n    --").append(name));
        return options.toString();
    }

    /** Lists the existing options. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnknownOptionException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnknownOptionException cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.alternatives(), cause);
        }
    }
}
