package dev.recount.query.reports;

import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The formats of a {@link ReportTable}, that first which is preferred by who has no preference. */
enum ReportFormat {
    JSON("application/json", "application/json"),
    CSV("text/csv", "text/csv;header=present;charset=UTF-8");

    private final String type;
    private final String contentType;

    /** How much a client wants a format. */
    private record Wish(ReportFormat format, double quality, int specificity) {

        boolean isStrongerThan(Wish other) {
            return quality > other.quality || (quality == other.quality && specificity > other.specificity);
        }
    }

    ReportFormat(String type, String contentType) {
        this.type = type;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * The format that suits the {@code Accept} header best (RFC 9110, section 12.5.1): for each, the most specific range
     * that has it counts, and quality 0 rules it out. Of two that are wanted equally it is the one that is named rather
     * than the one that a wildcard lets pass. Empty where none is acceptable.
     *
     * @param accept the header's lines
     */
    static Optional<ReportFormat> of(List<String> accept) {
        var ranges = ranges(accept);
        Wish best = null;
        for (var format : values()) {
            var wish = format.wish(ranges);
            if (wish.quality() > 0 && (best == null || wish.isStrongerThan(best))) {
                best = wish;
            }
        }
        return Optional.ofNullable(best).map(Wish::format);
    }

    private static List<MediaType> ranges(List<String> accept) {
        try {
            var ranges = MediaType.parseMediaTypes(accept);
            return accept.isEmpty() || ranges.isEmpty() ? List.of(MediaType.ALL) : ranges;
        } catch (InvalidMediaTypeException malformed) {
            return List.of();
        }
    }

    private Wish wish(List<MediaType> ranges) {
        var best = new Wish(this, 0, 0);
        var own = MediaType.parseMediaType(type);
        for (var range : ranges) {
            var specificity = range.isWildcardType() ? 1 : range.isWildcardSubtype() ? 2 : 3;
            if (range.includes(own) && specificity > best.specificity()) {
                best = new Wish(this, range.getQualityValue(), specificity);
            }
        }
        return best;
    }
}
