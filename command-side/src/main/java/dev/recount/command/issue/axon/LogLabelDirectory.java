package dev.recount.command.issue.axon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.command.issue.LabelDirectory;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.StreamHistories;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds labels in the log and caches them. Unknown names are looked up each time. */
final class LogLabelDirectory implements LabelDirectory {

    private static final int REMEMBERED_LABELS = 100_000;

    /** Label events are small, so this many never reach the size limit of a read. */
    private static final int READ_AT_ONCE = 1_000;

    private final StreamHistories histories;
    private final Cache<String, Label> found =
            Caffeine.newBuilder().maximumSize(REMEMBERED_LABELS).build();

    LogLabelDirectory(StreamHistories histories) {
        this.histories = histories;
    }

    @Override
    public Map<String, Label> find(Collection<String> names) {
        Map<String, Label> labels = new HashMap<>(found.getAllPresent(names));
        List<String> others =
                names.stream().filter(name -> !labels.containsKey(name)).toList();
        for (int from = 0; from < others.size(); from += READ_AT_ONCE) {
            List<String> some = others.subList(from, Math.min(from + READ_AT_ONCE, others.size()));
            labels.putAll(read(some));
        }
        return labels;
    }

    private Map<String, Label> read(List<String> names) {
        Map<String, Label> labels = histories
                .read(names.stream().map(StreamName::label).toList())
                .values()
                .stream()
                .flatMap(List::stream)
                .map(message -> (LabelCreated) message.getPayload())
                .map(created -> new Label(created.labelId(), created.name()))
                .collect(Collectors.toMap(Label::name, Function.identity()));
        found.putAll(labels);
        return labels;
    }
}
