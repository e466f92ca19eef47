package dev.recount.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Parses the {@code Accept} header and drops its parameters and duplicates. JSON is always UTF-8, regardless of the
 * requested charset, and a response never repeats a parameter of the client's. A bad header is detected before an
 * endpoint runs.
 */
final class AcceptedTypes implements ContentNegotiationStrategy {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final Comparator<MediaType> MOST_WANTED_FIRST = Comparator.comparingDouble(
                    MediaType::getQualityValue)
            .reversed()
            .thenComparing(MediaType::isWildcardType)
            .thenComparing(MediaType::isWildcardSubtype);

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        String[] lines = request.getHeaderValues(HttpHeaders.ACCEPT);
        if (lines == null || (lines.length == 1 && lines[0].equals("*/*"))) {
            return MEDIA_TYPE_ALL_LIST;
        }
        return lines.length == 1 && lines[0].equals("application/json") ? JSON : read(List.of(lines));
    }

    private static List<MediaType> read(List<String> lines) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> named;
        try {
            named = MediaType.parseMediaTypes(lines);
        } catch (InvalidMediaTypeException malformed) {
            throw new HttpMediaTypeNotAcceptableException("The Accept header is malformed");
        }
        Map<String, MediaType> wanted = new LinkedHashMap<>();
        for (MediaType type : named) {
            if (type.getQualityValue() > 0) {
                wanted.merge(
                        type.getType() + '/' + type.getSubtype(),
                        withoutParameters(type),
                        BinaryOperator.minBy(MOST_WANTED_FIRST));
            }
        }
        if (wanted.isEmpty() && !named.isEmpty()) {
            throw new HttpMediaTypeNotAcceptableException("The Accept header rules out everything");
        }
        return wanted.isEmpty()
                ? MEDIA_TYPE_ALL_LIST
                : wanted.values().stream().sorted(MOST_WANTED_FIRST).toList();
    }

    private static MediaType withoutParameters(MediaType type) {
        if (type.getParameters().isEmpty()) {
            return type;
        }
        String quality = type.getParameter("q");
        return new MediaType(
                type.getType(), type.getSubtype(), quality == null ? Map.<String, String>of() : Map.of("q", quality));
    }
}
