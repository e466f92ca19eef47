package dev.recount.command.issue;

import java.util.List;

/** A field that was changed again later, with those later changes, oldest first. */
public record KeptField(IssueField field, List<PastEvent> later) {

    public KeptField {
        later = List.copyOf(later);
    }
}
