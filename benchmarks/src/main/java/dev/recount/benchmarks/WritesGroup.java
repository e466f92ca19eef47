package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Measures created and edited issues per second, as commands and over HTTP, beside plain JDBC inserts. */
final class WritesGroup {

    private static final List<Integer> CONNECTIONS = List.of(1, 32, 64);

    /** With fewer clients, commits are rarely shared. */
    private static final int MANY = 32;

    private static final int IN_PROCESS = 64;

    private WritesGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount recount = RunningRecount.in(directory)) {
            Rounds rounds = new Rounds("writes", recount::awaitCaughtUp);
            for (int clients : CONNECTIONS) {
                add(rounds, recount, clients);
            }
            return rounds.run(options);
        }
    }

    private static void add(Rounds rounds, RunningRecount recount, int clients) throws SQLException {
        Requests requests = recount.requests();
        Commands commands = recount.commands();
        JdbcFloor jdbc = recount.jdbc();
        String floor = of("JDBC insert", clients);
        Throughput insert = new Throughput(jdbc::forClient, clients);
        rounds.add(floor, "/s", "", Mark.NONE, insert);
        Mark inProcess = clients == IN_PROCESS ? Mark.ratioAtLeast(0.9, 1.5) : Mark.NONE;
        rounds.add(
                of("create, in process", clients),
                "/s",
                floor,
                inProcess,
                new Throughput(_ -> commands.creator(), clients));
        rounds.add(
                of("edit, in process", clients),
                "/s",
                floor,
                inProcess,
                new Throughput(_ -> commands.editor(), clients));
        Throughput noOp = new Throughput(_ -> requests.noOpPost(), clients);
        rounds.add(of("POST /no-op", clients), "/s", "", Mark.NONE, noOp);
        Mark overHttp = clients >= MANY ? Mark.ratioAtLeast(0.5, 1) : Mark.NONE;
        Throughput create = new Throughput(_ -> requests.create(), clients);
        rounds.add(of("POST /issues", clients), "/s", floor, overHttp, create);
        Throughput edit = new Throughput(_ -> requests.edit(), clients);
        rounds.add(of("PATCH /issues/{id}", clients), "/s", floor, overHttp, edit);
        if (clients == 1) {
            String both = "one JDBC insert and one POST /no-op";
            rounds.add(both, "ms", "", Mark.NONE, _ -> insert.millis() + noOp.millis());
            rounds.add("one POST /issues", "ms", both, Mark.ratioAtMost(1.8, 1.3), _ -> create.millis());
        }
        if (clients == MANY) {
            rounds.add(
                    of("POST /issues until all is projected", clients),
                    "/s",
                    floor,
                    Mark.NONE,
                    stretch -> sustained(recount, clients, stretch));
            rounds.add(
                    "PATCH at half of its highest rate, p99",
                    "ms",
                    "",
                    Mark.figureAtMost(20, 8),
                    stretch -> OpenLoop.run(_ -> requests.edit(), clients, edit.perSecond() / 2, stretch)
                                    .percentileMicros(99)
                            / 1_000);
        }
    }

    /** The rate at which issues are created and projected under continuous load. */
    private static double sustained(RunningRecount recount, int clients, Duration stretch) throws Exception {
        Requests requests = recount.requests();
        long start = System.nanoTime();
        long created = ClosedLoop.run(_ -> requests.create(), clients, stretch)
                .latencies()
                .getTotalCount();
        recount.awaitCaughtUp();
        return created / ((System.nanoTime() - start) / 1e9);
    }

    private static String of(String what, int clients) {
        return what + ", c=" + clients;
    }
}
