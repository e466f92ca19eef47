package dev.recount.web;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of a query, each of which may be given once. Endpoints take it as a parameter; what is wrong is collected,
 * as in {@link JsonFields}, and unknown parameters are ignored.
 */
public final class QueryParameters {

    private final String path;
    private final List<QueryPair> pairs;
    private final FieldErrors errors = new FieldErrors();

    QueryParameters(String path, List<QueryPair> pairs) {
        this.path = path;
        this.pairs = pairs;
    }

    /**
     * @param path of the request, as it was sent
     * @param rawQuery without the question mark, still encoded
     * @throws ProblemException 400 where the encoding is broken or is not UTF-8
     */
    public static QueryParameters parse(String path, String rawQuery) {
        return new QueryParameters(path, QueryPair.parse(rawQuery));
    }

    /** Empty where the parameter is absent; {@code ?status} and {@code ?status=} both give an empty text. */
    public Optional<String> optionalText(String name) {
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

    /** Empty where the parameter is absent or bad. */
    public <T> Optional<T> optionalChoice(String name, Choice<T> choice) {
        Optional<String> text = optionalText(name);
        Optional<T> chosen = text.flatMap(choice::find);
        if (text.isPresent() && chosen.isEmpty()) {
            reject(name, choice.message());
        }
        return chosen;
    }

    /** The id of something, a positive integer; empty where the parameter is absent or bad. */
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

    /** Notes that a parameter breaks a rule that only the caller knows, such as that a user exists. */
    public void reject(String name, String message) {
        errors.add(name, message);
    }

    /** Ends the request with 400 {@code validation-failed} if anything was found wrong. */
    public void throwIfInvalid() {
        errors.throwIfAny();
    }

    /** This request's address with one parameter set anew and all others kept. */
    String with(String name, String value) {
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
