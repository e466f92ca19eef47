package dev.recount.query.responses;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The media types that a client accepts; none if its {@code Accept} header is malformed. */
public record AcceptHeader(List<MediaType> ranges) {

    /** A client's preference for a format. */
    private record Wish<F>(F format, double quality, int specificity) {

        boolean isStrongerThan(@Nullable Wish<F> other) {
            return quality > 0
                    && (other == null
                            || quality > other.quality
                            || (quality == other.quality && specificity > other.specificity));
        }
    }

    public static AcceptHeader of(HttpServletRequest request) {
        return of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    /** @param lines the header's lines, which form one list */
    public static AcceptHeader of(List<String> lines) {
        try {
            var ranges = MediaType.parseMediaTypes(lines);
            return new AcceptHeader(ranges.isEmpty() ? List.of(MediaType.ALL) : ranges);
        } catch (InvalidMediaTypeException malformed) {
            return new AcceptHeader(List.of());
        }
    }

    /**
     * The most preferred format (RFC 9110, section 12.5.1). The most specific matching range decides a format's
     * quality, and quality 0 rules it out. At equal quality a range that names the format beats a wildcard; otherwise
     * the first format is chosen. Empty if no format is acceptable.
     *
     * @param type returns the media type of a format
     */
    public <F> Optional<F> best(F[] formats, Function<F, String> type) {
        Wish<F> best = null;
        for (var format : formats) {
            var wish = wish(format, MediaType.parseMediaType(type.apply(format)));
            if (wish.isStrongerThan(best)) {
                best = wish;
            }
        }
        return Optional.ofNullable(best).map(Wish::format);
    }

    private <F> Wish<F> wish(F format, MediaType type) {
        var best = new Wish<>(format, 0, 0);
        for (var range : ranges) {
            var specificity = range.isWildcardType() ? 1 : range.isWildcardSubtype() ? 2 : 3;
            if (range.includes(type) && specificity > best.specificity()) {
                best = new Wish<>(format, range.getQualityValue(), specificity);
            }
        }
        return best;
    }
}
