package dev.recount.command.issue.http;

import dev.recount.command.issue.KeptField;
import java.util.List;

/** A field that was changed again later, with those changes. */
public record KeptFieldBody(String field, List<PastEventBody> events) {

    public static List<KeptFieldBody> of(List<KeptField> fields) {
        return fields.stream()
                .map(kept -> new KeptFieldBody(kept.field().wireName(), PastEventBody.of(kept.later())))
                .toList();
    }
}
