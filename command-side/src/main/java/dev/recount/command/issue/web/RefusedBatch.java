package dev.recount.command.issue.web;

import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.command.issue.Rejection.IssueExists;
import dev.recount.command.issue.Rejection.PreconditionFailed;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.web.Problem;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Makes one problem of all that kept statuses from being changed; unknown issues are told before stale versions. */
final class RefusedBatch {

    private RefusedBatch() {}

    private record UnknownItem(int index, long id) {}

    private record StaleItem(int index, long id, long currentVersion) {}

    /** @param rejections by the index of the item in the list that was asked for */
    static ProblemException problem(SortedMap<Integer, Rejection> rejections) {
        List<UnknownItem> unknown = new ArrayList<>();
        List<StaleItem> stale = new ArrayList<>();
        Map<String, List<String>> unknownErrors = new LinkedHashMap<>();
        Map<String, List<String>> staleErrors = new LinkedHashMap<>();
        rejections.forEach((index, rejection) -> {
            switch (rejection) {
                case UnknownIssue(long id) -> {
                    unknown.add(new UnknownItem(index, id));
                    unknownErrors.put("[" + index + "].id", List.of("is no issue: " + id));
                }
                case StaleVersion(long id, long expected, long current) -> {
                    stale.add(new StaleItem(index, id, current));
                    staleErrors.put(
                            "[" + index + "].version",
                            List.of("is " + expected + ", but the issue is at version " + current));
                }
                case IssueExists exists -> throw unexpected(exists);
                case PreconditionFailed failed -> throw unexpected(failed);
                case InvalidFields invalid -> throw unexpected(invalid);
            }
        });
        Problem problem = unknown.isEmpty()
                ? ProblemType.STALE_VERSION
                        .problem(stale.size() + " of the issues have changed since; nothing was changed now.")
                        .withErrors(staleErrors)
                        .with("items", stale)
                : ProblemType.UNKNOWN_ISSUE
                        .problem(unknown.size() + " of the issues do not exist; nothing was changed.")
                        .withErrors(unknownErrors)
                        .with("items", unknown);
        return problem.exception();
    }

    private static IllegalStateException unexpected(Rejection rejection) {
        return new IllegalStateException("No change of a status is refused for this: " + rejection);
    }
}
