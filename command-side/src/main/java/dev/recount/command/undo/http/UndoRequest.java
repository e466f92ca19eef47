package dev.recount.command.undo.http;

import dev.recount.web.JsonBody;
import dev.recount.web.JsonFields;
import dev.recount.web.RequestContext;
import org.jspecify.annotations.Nullable;

/** The body of an undo request, {@code {"merge": true}}, which may be missing. */
final class UndoRequest {

    private UndoRequest() {}

    static boolean merge(byte @Nullable [] body, RequestContext request) {
        if (body == null || body.length == 0) {
            return false;
        }
        JsonFields fields = JsonBody.parseObject(body, request);
        boolean merge = fields.optionalFlag("merge");
        fields.throwIfInvalid();
        return merge;
    }
}
