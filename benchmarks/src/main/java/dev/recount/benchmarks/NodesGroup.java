package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the effect of a second node on the same database and the same machine. */
final class NodesGroup {

    private static final int CLIENTS = 32;

    private NodesGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        String alone = "POST /issues, one node, c=" + CLIENTS;
        Files.createDirectories(directory);
        try (RunningRecount one = RunningRecount.in(directory.resolve("data"))) {
            List<Figure> figures =
                    new ArrayList<>(rounds("one-node", one, one, alone).run(options));
            try (RunningRecount two = one.furtherNode(directory)) {
                figures.addAll(rounds("two-nodes", one, two, "POST /issues, two nodes in turns, c=" + CLIENTS)
                        .run(options));
            }
            return figures;
        }
    }

    /** Every other client sends to the other node. */
    private static Rounds rounds(String name, RunningRecount one, RunningRecount other, String what) {
        Rounds rounds = new Rounds(name, one::awaitCaughtUp);
        rounds.add(
                what,
                "/s",
                "",
                Mark.NONE,
                new Throughput(
                        client -> (client % 2 == 0 ? one : other).requests().create(), CLIENTS));
        return rounds;
    }
}
