package dev.recount.command.bulk.http;

import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.ChangedSince;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.command.issue.Rejection.IssueExists;
import dev.recount.command.issue.Rejection.NoSuchEdit;
import dev.recount.command.issue.Rejection.PreconditionFailed;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.issue.Rejection.WithdrawnIssue;
import dev.recount.web.Problem;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Combines the rejections of a bulk change into one problem. Unknown issues take precedence over stale versions. */
final class BatchRejectionProblems {

    private BatchRejectionProblems() {}

    private record UnknownItem(int index, long id) {}

    private record StaleItem(int index, long id, long currentVersion) {}

    /** The items that have one kind of problem, with a message for each. */
    private record Faults(Map<String, List<String>> errors, List<Object> items) {

        Faults() {
            this(new LinkedHashMap<>(), new ArrayList<>());
        }

        void add(String place, String message, Object item) {
            errors.put(place, List.of(message));
            items.add(item);
        }

        Problem problem(ProblemType type, String told) {
            return type.problem(items.size() + " of the issues " + told)
                    .withErrors(errors)
                    .with("items", items);
        }
    }

    /** @param rejections by the index of the item in the request's list */
    static ProblemException problem(SortedMap<Integer, Rejection> rejections) {
        Faults unknown = new Faults();
        Faults withdrawn = new Faults();
        Faults stale = new Faults();
        rejections.forEach((index, rejection) -> {
            switch (rejection) {
                case UnknownIssue(long id) ->
                    unknown.add("[" + index + "].id", "is no issue: " + id, new UnknownItem(index, id));
                case WithdrawnIssue(long id) ->
                    withdrawn.add("[" + index + "].id", "was withdrawn: " + id, new UnknownItem(index, id));
                case StaleVersion(long id, long expected, long current) ->
                    stale.add(
                            "[" + index + "].version",
                            "is " + expected + ", but the issue is at version " + current,
                            new StaleItem(index, id, current));
                case IssueExists exists -> throw unexpected(exists);
                case PreconditionFailed failed -> throw unexpected(failed);
                case InvalidFields invalid -> throw unexpected(invalid);
                case ChangedSince changed -> throw unexpected(changed);
                case NoSuchEdit none -> throw unexpected(none);
            }
        });
        Problem problem;
        if (!unknown.items().isEmpty()) {
            problem = unknown.problem(ProblemType.UNKNOWN_ISSUE, "do not exist; nothing was changed.");
        } else if (!withdrawn.items().isEmpty()) {
            problem = withdrawn.problem(ProblemType.ISSUE_WITHDRAWN, "were withdrawn; nothing was changed.");
        } else {
            problem = stale.problem(ProblemType.STALE_VERSION, "have changed since; nothing was changed now.");
        }
        return problem.exception();
    }

    private static IllegalStateException unexpected(Rejection rejection) {
        return new IllegalStateException("No change of a status is refused for this: " + rejection);
    }
}
