package dev.recount.web;

import java.net.SocketTimeoutException;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.jspecify.annotations.Nullable;

/** Says what of an upload is too large and how large it may be, which Tomcat says in the causes of its exceptions alone. */
final class UploadProblems {

    private static final int MAX_CAUSES = 20;
    /** Tomcat has one exception for a whole body and for the head of a part. */
    private static final String HEAD = "Header section";

    private UploadProblems() {}

    /** 413 if something is too large, 408 if the client is too slow, and else 400. */
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
