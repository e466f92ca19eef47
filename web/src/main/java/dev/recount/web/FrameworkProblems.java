package dev.recount.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** Problems for requests that Spring and Tomcat refuse, in Recount's words instead of theirs. */
final class FrameworkProblems {

    static final Duration PAUSE = Duration.ofSeconds(1);

    private FrameworkProblems() {}

    /** @param allowed the methods that the path allows, in output order */
    static Problem methodNotAllowed(Set<String> allowed) {
        String allow = String.join(", ", allowed);
        return ProblemType.METHOD_NOT_ALLOWED
                .problem("The methods allowed here are " + allow + ".")
                .withHeader("Allow", allow);
    }

    static Problem unsupportedMediaType(HttpMediaTypeNotSupportedException unsupported) {
        Problem problem =
                ProblemType.UNSUPPORTED_MEDIA_TYPE.problem("The body has a media type that is not read here.");
        return withHeaders(problem, unsupported);
    }

    /** Endpoints get bodies as bytes, so an unreadable body is either absent or incomplete. */
    static Problem unreadable(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return ofStatus(408);
            }
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
        }
        return unreadable.getCause() instanceof IOException
                ? ProblemType.BAD_REQUEST.problem("The body breaks off or is not framed soundly.")
                : ProblemType.MALFORMED_JSON.problem("A body is required.");
    }

    static Problem ofErrorResponse(ErrorResponse known) {
        return withHeaders(ofStatus(known.getStatusCode().value()), known);
    }

    static Problem ofStatus(int status) {
        ProblemType type = ProblemType.ofStatus(status);
        Problem problem = type.problem(
                switch (type) {
                    case BAD_REQUEST ->
                        "The address, a header or the framing of the body does not conform to HTTP, or a value is"
                                + " missing.";
                    case NOT_FOUND -> "No resource has this address.";
                    case METHOD_NOT_ALLOWED -> "The resource does not know this method.";
                    case INTERNAL_ERROR -> "The request failed for a reason of the server's own.";
                    default -> type.title() + ".";
                });
        return status == 503 ? problem.retryAfter(PAUSE) : problem;
    }

    private static Problem withHeaders(Problem problem, ErrorResponse source) {
        Problem result = problem;
        for (String name : source.getHeaders().headerNames()) {
            result = result.withHeader(
                    name,
                    StringUtils.collectionToCommaDelimitedString(
                            source.getHeaders().getOrEmpty(name)));
        }
        return result;
    }
}
