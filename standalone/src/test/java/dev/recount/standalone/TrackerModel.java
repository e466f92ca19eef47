package dev.recount.standalone;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simplest model of an issue tracker, which shares no code with Recount. */
final class TrackerModel {

    record Entry(String type, Map<String, Object> details, long version) {}

    static final class Issue {

        final long id;
        final Instant createdAt;
        String title;
        String description;
        String status;

        @Nullable
        Long assignee;

        long version = 1;
        Instant updatedAt;

        @Nullable
        Instant resolvedAt;

        List<String> labels;
        final List<String> comments = new ArrayList<>();
        final List<Entry> timeline = new ArrayList<>();

        Issue(
                long id,
                String title,
                String description,
                String status,
                @Nullable Long assignee,
                Instant createdAt,
                List<String> labels) {
            this.id = id;
            this.title = title;
            this.description = description;
            this.status = status;
            this.assignee = assignee;
            this.createdAt = createdAt;
            this.updatedAt = createdAt;
            this.resolvedAt = isDone(status) ? createdAt : null;
            this.labels = labels;
            tell(
                    "created",
                    labels.isEmpty()
                            ? Map.of("title", title, "status", status)
                            : Map.of("title", title, "status", status, "labels", labels));
        }

        private void tell(String type, Map<String, Object> details) {
            timeline.add(new Entry(type, details, version));
        }

        void edit(Map<String, ?> changes, Instant at) {
            version++;
            updatedAt = at;
            if (changes.get("title") instanceof String to && !to.equals(title)) {
                tell("title_change", Map.of("title", to, "from", title));
                title = to;
            }
            if (changes.get("description") instanceof String to && !to.equals(description)) {
                tell("description_change", Map.of());
                description = to;
            }
            if (changes.get("status") instanceof String to && !to.equals(status)) {
                tell("status_change", Map.of("status", to, "from", status));
                if (isDone(to) != isDone(status)) {
                    resolvedAt = isDone(to) ? at : null;
                }
                status = to;
            }
            if (changes.containsKey("assignee") && !Objects.equals(changes.get("assignee"), assignee)) {
                Map<String, Object> details = new LinkedHashMap<>();
                details.put("assignee", changes.get("assignee"));
                details.put("from", assignee);
                tell("assignment", details);
                assignee = (Long) changes.get("assignee");
            }
        }

        void comment(String author, String body) {
            comments.add(body);
            tell("comment", Map.of("author", author, "body", body));
        }

        void label(List<String> names) {
            List<String> wanted = names.stream().distinct().toList();
            List<String> added =
                    wanted.stream().filter(name -> !labels.contains(name)).toList();
            List<String> removed =
                    labels.stream().filter(name -> !wanted.contains(name)).toList();
            if (!added.isEmpty() || !removed.isEmpty()) {
                tell("label_update", Map.of("labels", wanted, "added", added, "removed", removed));
                labels = wanted;
            }
        }
    }

    final Map<Long, Issue> issues = new TreeMap<>();

    static boolean isDone(String status) {
        return status.equals("resolved") || status.equals("closed");
    }

    /** Newest first. */
    List<Issue> list(@Nullable String status, @Nullable Long assignee) {
        return issues.values().stream()
                .filter(issue -> status == null || issue.status.equals(status))
                .filter(issue -> assignee == null || assignee.equals(issue.assignee))
                .sorted(Comparator.comparing((Issue issue) -> issue.createdAt)
                        .thenComparing(issue -> issue.id)
                        .reversed())
                .toList();
    }

    List<Map<String, Object>> topAssignees() {
        return issues.values().stream()
                .flatMap(issue -> Stream.ofNullable(issue.assignee))
                .collect(Collectors.groupingBy(assignee -> assignee, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> Map.<String, Object>of("assignee", entry.getKey(), "issue_count", entry.getValue()))
                .toList();
    }

    /** Null when nothing is resolved. */
    @Nullable
    String averageResolutionTime() {
        List<Duration> times = issues.values().stream()
                .flatMap(issue -> Stream.ofNullable(issue.resolvedAt).map(at -> Duration.between(issue.createdAt, at)))
                .toList();
        if (times.isEmpty()) {
            return null;
        }
        BigDecimal micros = times.stream()
                .map(time -> BigDecimal.valueOf(time.toNanos() / 1_000))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return micros.divide(BigDecimal.valueOf(1_000_000L * times.size()), 6, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
