package dev.recount.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The kinds of problems that Recount returns, each with a stable code for clients.
 *
 * <p>Codes are part of the contract and never renamed. A new kind gets a new constant.
 */
public enum ProblemType {
    BAD_REQUEST(400, "bad-request", "The request is malformed"),
    MALFORMED_JSON(400, "malformed-json", "The body cannot be read as JSON"),
    /** An uploaded file whose cells, rows or characters cannot be determined. */
    MALFORMED_CSV(400, "malformed-csv", "The file cannot be read as CSV"),
    VALIDATION_FAILED(400, "validation-failed", "Some values are not valid"),
    /** A position that never existed, or that was lost when the log was restored. */
    POSITION_BEYOND_LOG(400, "position-beyond-log", "The log has no such position"),
    /** A position of another log, or of this one before it was restored. */
    OTHER_LOG(400, "other-log", "The position belongs to another log"),
    /** The unknown acting user of a header. An unknown user in a path is {@link #UNKNOWN_USER}. */
    UNKNOWN_ACTING_USER(400, "unknown-user", "There is no such user"),
    /** Refused, unlike an unknown field of a body: ignoring a filter would return more than was requested. */
    UNKNOWN_PARAMETER(400, "unknown-parameter", "The query has an unknown parameter"),
    UNAUTHORIZED(401, "unauthorized", "Authentication is needed"),
    FORBIDDEN(403, "forbidden", "This is not allowed"),
    /** A request from a web page of another server. */
    FOREIGN_ORIGIN(403, "foreign-origin", "Another web page asks for this"),
    NOT_FOUND(404, "not-found", "Nothing is found here"),
    UNKNOWN_ISSUE(404, "unknown-issue", "There is no such issue"),
    /** The issue was withdrawn when the import that created it was undone. */
    ISSUE_WITHDRAWN(404, "issue-withdrawn", "The issue was withdrawn"),
    UNKNOWN_VERSION(404, "unknown-version", "The issue has no such version"),
    UNKNOWN_IMPORT(404, "unknown-import", "There is no such import"),
    UNKNOWN_BULK_CHANGE(404, "unknown-bulk-change", "There is no such bulk change"),
    UNKNOWN_USER(404, "unknown-user", "There is no such user"),
    UNKNOWN_PROJECTION(404, "unknown-projection", "There is no such projection"),
    UNKNOWN_DEAD_LETTER(404, "unknown-dead-letter", "There is no such dead letter"),
    UNKNOWN_REBUILD(404, "unknown-rebuild", "There is no such run"),
    UNKNOWN_PAGE(404, "unknown-page", "There is no such page"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "No acceptable representation exists"),
    REQUEST_TIMEOUT(408, "request-timeout", "The request did not arrive in time"),
    STALE_VERSION(409, "stale-version", "The issue has changed since this version"),
    /** The change to undo was followed by other changes, by others or in the same fields. */
    CHANGED_SINCE(409, "changed-since", "Later changes stand against it"),
    ALREADY_UNDONE(409, "already-undone", "This was undone before"),
    IMPORT_STOPPED(409, "import-stopped", "The import was stopped"),
    USERNAME_TAKEN(409, "username-taken", "The username is taken"),
    /** An event that was never refused cannot be skipped: it is unknown whether it can be applied. */
    DEAD_LETTER_WAITS(409, "dead-letter-waits", "The event waits behind another of its stream"),
    REBUILD_RUNNING(409, "rebuild-running", "Another run works on the projection"),
    REBUILD_OVER(409, "rebuild-over", "The run is over"),
    /** There are no rows yet, or other code filled them, which would now lead to different rows. */
    NOT_COMPARABLE(409, "not-comparable", "The projection cannot be verified"),
    /** While nodes of two versions run, the older nodes do not touch the rows of the newer version. */
    NEWER_PROJECTION(409, "newer-projection", "The projection belongs to a newer version of Recount"),
    PRECONDITION_FAILED(412, "precondition-failed", "A precondition does not hold"),
    BODY_TOO_LARGE(413, "body-too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The media type of the body is not supported"),
    EXPECTATION_FAILED(417, "expectation-failed", "The expectation cannot be met"),
    /** The {@code Host} header names another server. */
    MISDIRECTED_REQUEST(421, "misdirected-request", "The request is meant for another server"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The request's header fields are too large"),
    INTERNAL_ERROR(500, "internal-error", "The server failed"),
    /** Events are missing or changed, so no checkpoint is signed. */
    LOG_TAMPERED_WITH(500, "log-tampered-with", "The log is not what it was"),
    NOT_IMPLEMENTED(501, "not-implemented", "The server cannot do this"),
    DATABASE_UNAVAILABLE(503, "database-unavailable", "The database cannot be reached"),
    /** The outcome of a write is unknown: it may have been done or not, and it is not done later. */
    OUTCOME_UNKNOWN(503, "outcome-unknown", "Whether the change was made is not known"),
    /** Concurrent writers of one stream caused too many conflicts. */
    CONTENDED(503, "contended", "Too many changes at once"),
    /** The requested position was not reached before the timeout. */
    POSITION_NOT_REACHED(503, "position-not-reached", "The asked position is not reached yet"),
    /** A read timed out while waiting for its projection. */
    PROJECTION_BEHIND(503, "projection-behind", "The read model is behind the log"),
    /** A backup was restored, or events were deleted. Only a rebuild helps. */
    PROJECTION_AHEAD(503, "projection-ahead", "The read model is of another log"),
    /** The private key is missing or unreadable. */
    SIGNING_KEY_UNUSABLE(503, "signing-key-unusable", "There is no key to sign with"),
    /** Replays are limited, because each takes time and one or two connections. */
    REPLAYS_BUSY(503, "replays-busy", "Too much of the past is being recounted"),
    /** Large bodies or responses exceed the memory available for them at this time. */
    OVERLOADED(503, "overloaded", "Too much is under way at once"),
    UNAVAILABLE(503, "unavailable", "The service is unavailable"),
    HTTP_VERSION_NOT_SUPPORTED(505, "http-version-not-supported", "The HTTP version is not supported");

    /** Maximum number of names in the detail. All of them are in the document's {@code errors}. */
    private static final int MOST_IN_DETAIL = 10;

    private final int status;
    private final String code;
    private final String title;

    ProblemType(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /** The kind for an error with only a status. An unlisted status maps to the generic kind of its class. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 417 -> EXPECTATION_FAILED;
            case 421 -> MISDIRECTED_REQUEST;
            case 429 -> TOO_MANY_REQUESTS;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 503 -> UNAVAILABLE;
            case 505 -> HTTP_VERSION_NOT_SUPPORTED;
            default -> status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        };
    }

    /** A problem of this kind with a sentence about the specific case. */
    public Problem problem(String detail) {
        return new Problem(this, detail, Map.of(), Map.of(), Map.of());
    }

    /** A 400 that names the invalid fields, parameters or headers. */
    public static Problem invalid(Map<String, List<String>> errors) {
        return VALIDATION_FAILED
                .problem("Not valid: " + names(errors.keySet()) + ".")
                .withErrors(errors);
    }

    private static String names(Set<String> fields) {
        String first = fields.stream().limit(MOST_IN_DETAIL).collect(Collectors.joining(", "));
        return fields.size() > MOST_IN_DETAIL ? first + " and " + (fields.size() - MOST_IN_DETAIL) + " more" : first;
    }
}
