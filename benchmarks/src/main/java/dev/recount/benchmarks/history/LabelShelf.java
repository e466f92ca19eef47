package dev.recount.benchmarks.history;

import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The labels of a history: fifty names, each of which becomes a label at its first use. */
final class LabelShelf {

    private static final List<String> KINDS = List.of("bug", "feature", "question", "docs", "performance");
    private static final List<String> AREAS =
            List.of("", "api", "billing", "export", "import", "login", "mobile", "reports", "search", "settings");
    private static final int MOST = 4;

    private final SplittableRandom random;
    private final Map<String, Label> known = new LinkedHashMap<>();

    LabelShelf(SplittableRandom random) {
        this.random = random;
    }

    /** None to four labels; {@code created} receives the new ones. */
    List<Label> some(Consumer<LabelCreated> created) {
        List<Label> labels = new ArrayList<>();
        for (int left = random.nextInt(MOST + 1); left > 0; left--) {
            String name = name();
            Label label = known.get(name);
            if (label == null) {
                label = new Label(known.size() + 1L, name);
                known.put(name, label);
                created.accept(new LabelCreated(label.id(), name));
            }
            labels.add(label);
        }
        return labels;
    }

    private String name() {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String area = AREAS.get(random.nextInt(AREAS.size()));
        return area.isEmpty() ? kind : area + "-" + kind;
    }
}
