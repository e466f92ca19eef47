package dev.recount.web;

import dev.recount.eventstore.database.UnknownOutcomeException;
import java.util.stream.Stream;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.multipart.MultipartException;

/** Converts exceptions of Recount, Spring, Tomcat and the database to problems. No other class does so. */
public final class ThrownProblems {

    private static final int MAX_CAUSES = 20;

    private ThrownProblems() {}

    /** Converts an exception. For callers that add details to the problem; all others let the exception propagate. */
    public static Problem of(Throwable thrown) {
        Problem problem = byType(thrown);
        return problem != null ? problem : byCause(thrown);
    }

    private static @Nullable Problem byType(Throwable thrown) {
        return switch (thrown) {
            case ProblemException known -> known.problem();
            case HttpMediaTypeNotSupportedException unsupported -> FrameworkProblems.unsupportedMediaType(unsupported);
            case HttpMediaTypeNotAcceptableException _ ->
                ProblemType.NOT_ACCEPTABLE.problem("None of the media types in the Accept header can be answered.");
            case HttpMessageNotReadableException unreadable -> FrameworkProblems.unreadable(unreadable);
            case MultipartException upload -> UploadProblems.of(upload);
            case ConversionNotSupportedException _ -> null;
            case TypeMismatchException _ -> ProblemType.BAD_REQUEST.problem("A value has the wrong type.");
            case InvalidParameterException invalid -> FrameworkProblems.ofStatus(invalid.getErrorCode());
            case BadRequestException _ -> ProblemType.BAD_REQUEST.problem("The body is not framed soundly.");
            case ErrorResponse known
            when known.getStatusCode().value() != 500 -> FrameworkProblems.ofErrorResponse(known);
            default -> null;
        };
    }

    private static Problem byCause(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .<Problem>mapMulti((cause, found) -> {
                    if (cause instanceof ProblemException known) {
                        found.accept(known.problem());
                    } else if (cause instanceof UnknownOutcomeException) {
                        found.accept(outcomeUnknown());
                    } else if (DatabaseOutage.is(cause)) {
                        found.accept(databaseUnavailable());
                    } else if (cause instanceof OutOfMemoryError) {
                        found.accept(outOfMemory());
                    }
                })
                .findFirst()
                .orElseGet(() -> FrameworkProblems.ofStatus(500));
    }

    private static Problem outOfMemory() {
        return ProblemType.OVERLOADED
                .problem("The memory is not enough for this beside all that is under way.")
                .retryAfter(FrameworkProblems.PAUSE);
    }

    private static Problem outcomeUnknown() {
        return ProblemType.OUTCOME_UNKNOWN
                .problem("The database was lost before it confirmed the change, which was made wholly or not at all."
                        + " Before you repeat it, read what it was to change, or look for this request's X-Request-Id"
                        + " in the events since.")
                .retryAfter(FrameworkProblems.PAUSE);
    }

    private static Problem databaseUnavailable() {
        return ProblemType.DATABASE_UNAVAILABLE
                .problem("The database cannot be reached at the moment; try again.")
                .retryAfter(FrameworkProblems.PAUSE);
    }
}
