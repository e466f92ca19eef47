package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, each at most once. Endpoints take it as an argument. Errors are collected, as in {@link
 * JsonFields}. Unknown parameters are refused earlier, see {@link KnownParameters}.
 */
public final class QueryParameters {

    /** Other ISO 8601 forms either name no instant or are not supported by PostgreSQL. */
    private static final Pattern TIME =
            Pattern.compile("(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)");

    private final String path;
    private final List<QueryPair> pairs;
    /** Null if all parameters may be read. */
    private final @Nullable Set<String> known;

    private final FieldErrors errors = new FieldErrors(false);

    QueryParameters(String path, List<QueryPair> pairs, @Nullable Set<String> known) {
        this.path = path;
        this.pairs = pairs;
        this.known = known;
    }

    /**
     * @param path of the request, as it was sent
     * @param rawQuery without the question mark, still encoded
     * @throws ProblemException 400 if the encoding is broken or is not UTF-8
     */
    public static QueryParameters parse(String path, String rawQuery) {
        return new QueryParameters(path, QueryPair.parse(rawQuery), null);
    }

    static QueryParameters parse(HttpServletRequest request, Set<String> known) {
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        return new QueryParameters(request.getRequestURI(), QueryPair.parse(query), known);
    }

    /** Ends the request with 400 {@code unknown-parameter} if there is an unknown parameter. */
    void requireKnown() {
        Set<String> declared = Objects.requireNonNull(known);
        Map<String, List<String>> unknown = new TreeMap<>();
        for (QueryPair pair : pairs) {
            if (!declared.contains(pair.name())) {
                unknown.put(pair.name(), List.of("is not known here"));
            }
        }
        if (!unknown.isEmpty()) {
            List<String> names = declared.stream().sorted().toList();
            throw ProblemType.UNKNOWN_PARAMETER
                    .problem(
                            names.isEmpty()
                                    ? "No parameters are known here."
                                    : "Known here: " + String.join(", ", names) + ".")
                    .withErrors(unknown)
                    .with("known", names)
                    .exception();
        }
    }

    /** Empty if the parameter is absent. {@code ?status} and {@code ?status=} both return an empty text. */
    public Optional<String> optionalText(String name) {
        if (known != null && !known.contains(name)) {
            throw new IllegalStateException("The endpoint reads the parameter " + name + " without declaring it");
        }
        String value = null;
        for (QueryPair pair : pairs) {
            if (pair.name().equals(name)) {
                if (value != null) {
                    reject(name, "must be given once");
                    return Optional.empty();
                }
                value = pair.value();
            }
        }
        return Optional.ofNullable(value);
    }

    /** Empty if the parameter is absent or bad. */
    public <T> Optional<T> optionalChoice(String name, Choice<T> choice) {
        Optional<String> text = optionalText(name);
        Optional<T> chosen = text.flatMap(choice::find);
        if (text.isPresent() && chosen.isEmpty()) {
            reject(name, choice.message());
        }
        return chosen;
    }

    /** An id, which is a positive integer. Empty if the parameter is absent or bad. */
    public OptionalLong optionalId(String name) {
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong id = PathId.parse(text.get());
        if (id.isEmpty()) {
            reject(name, "must be a positive integer");
        }
        return id;
    }

    /** Zero or a positive integer, also with leading zeros. Empty if the parameter is absent or bad. */
    public OptionalLong optionalNumber(String name) {
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong number = number(text.get());
        if (number.isEmpty()) {
            reject(name, "must be zero or a positive integer");
        }
        return number;
    }

    private static OptionalLong number(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        String digits = text.replaceFirst("^0+", "");
        return digits.isEmpty() ? OptionalLong.of(0) : PathId.parse(digits);
    }

    /** An instant, with {@code Z} or an offset. Empty if the parameter is absent or bad. */
    public Optional<Instant> optionalTime(String name) {
        Optional<String> text = optionalText(name);
        Optional<Instant> time = text.flatMap(QueryParameters::time);
        if (text.isPresent() && time.isEmpty()) {
            reject(name, "must be a time such as 2026-01-09T12:08:01Z");
        }
        return time;
    }

    /** Parses an instant, empty if the text is not one. */
    public static Optional<Instant> time(String text) {
        try {
            return TIME.matcher(text).matches()
                    ? Optional.of(OffsetDateTime.parse(text).toInstant())
                    : Optional.empty();
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** Adds an error for a rule that only the caller knows, such as the existence of a user. */
    public void reject(String name, String message) {
        errors.add(name, message);
    }

    /** Ends the request with 400 {@code validation-failed} if there is any error. */
    public void throwIfInvalid() {
        errors.throwIfAny();
    }

    /** This request's address with one parameter replaced and all others kept. */
    public String with(String name, String value) {
        StringBuilder address = new StringBuilder(path);
        char separator = '?';
        for (QueryPair pair : pairs) {
            if (!pair.name().equals(name)) {
                address.append(separator).append(pair.encoded());
                separator = '&';
            }
        }
        return address.append(separator)
                .append(new QueryPair(name, value).encoded())
                .toString();
    }
}
