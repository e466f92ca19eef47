package dev.recount.web;

import java.net.SocketTimeoutException;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.jspecify.annotations.Nullable;

/**
 * Converts upload exceptions to problems with the exceeded limit, which Tomcat reports only in the causes of its
 * exceptions.
 */
final class UploadProblems {

    private static final int MAX_CAUSES = 20;
    /** Distinguishes the head of a part from a whole body: Tomcat uses one exception for both. */
    private static final String HEAD = "Header section";

    private UploadProblems() {}

    /** Returns 413 if something is too large, 408 if the client is too slow, and 400 otherwise. */
    static Problem of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof SocketTimeoutException) {
                return FrameworkProblems.ofStatus(408);
            }
            String limit = limit(cause);
            if (limit != null) {
                return ProblemType.BODY_TOO_LARGE.problem(limit);
            }
            cause = cause.getCause();
        }
        return ProblemType.BAD_REQUEST.problem("The body is not a sound multipart body.");
    }

    private static @Nullable String limit(Throwable cause) {
        return switch (cause) {
            case FileSizeLimitExceededException file ->
                "A file may hold at most " + file.getPermittedSize() + " bytes.";
            case SizeLimitExceededException head
            when String.valueOf(head.getMessage()).startsWith(HEAD) ->
                "The head of a part may hold at most " + head.getPermittedSize()
                        + " bytes, its name and that of its file included.";
            case SizeLimitExceededException body ->
                "A body of parts may hold at most " + body.getPermittedSize() + " bytes.";
            case FileCountLimitExceededException parts -> "A body may have at most " + parts.getLimit() + " parts.";
            default -> null;
        };
    }
}
