package dev.recount.command.issue.http;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IfMatch.Seen;
import dev.recount.web.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * Parses the {@code If-Match} header (RFC 9110, section 13.1.1). It accepts Recount's own tag {@code
 * "<version>.<sequence>@<log>"} and the handwritten {@code "<version>"} and {@code "<version>.<sequence>"}. Any other
 * tag is valid but matches nothing, and so does a weak tag or a tag of another log.
 */
public final class IfMatchHeader {

    private static final Pattern TAG = Pattern.compile("(W/)?\"([!#-~\\x80-\\xff]*)\"");
    private static final Pattern SEEN =
            Pattern.compile("([1-9][0-9]{0,17})(?:\\.(0|[1-9][0-9]{0,17}))?(?:@([0-9a-f]+))?");

    private IfMatchHeader() {}

    /** Returns no condition for a malformed header and adds an error to the fields. */
    public static IfMatch read(JsonFields fields, List<String> lines, String log) {
        return parse(lines, log).orElseGet(() -> {
            fields.reject(HttpHeaders.IF_MATCH, "must be * or a list of quoted entity tags");
            return IfMatch.ANY;
        });
    }

    /**
     * Returns empty for a malformed header. A missing header is no condition.
     *
     * @param log the digits of the log's identity, which tags include
     */
    static Optional<IfMatch> parse(List<String> lines, String log) {
        String header = String.join(",", lines).strip();
        if (lines.isEmpty() || header.equals("*")) {
            return Optional.of(IfMatch.ANY);
        }
        List<Seen> accepted = new ArrayList<>();
        Matcher tag = TAG.matcher(header);
        int at = skipSeparators(header, 0);
        while (at < header.length()) {
            if (!tag.region(at, header.length()).lookingAt()) {
                return Optional.empty();
            }
            if (tag.group(1) == null) {
                seen(tag.group(2), log).ifPresent(accepted::add);
            }
            int next = skipSeparators(header, tag.end());
            if (next < header.length() && header.substring(tag.end(), next).indexOf(',') < 0) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(IfMatch.oneOf(accepted));
    }

    /** List elements may be empty (RFC 9110, section 5.6.1.2). */
    private static int skipSeparators(String header, int from) {
        int at = from;
        while (at < header.length() && " \t,".indexOf(header.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static Optional<Seen> seen(String tag, String log) {
        Matcher seen = SEEN.matcher(tag);
        if (!seen.matches() || (seen.group(3) != null && !seen.group(3).equals(log))) {
            return Optional.empty();
        }
        String sequence = seen.group(2);
        return Optional.of(new Seen(Long.parseLong(seen.group(1)), sequence == null ? null : Long.valueOf(sequence)));
    }
}
