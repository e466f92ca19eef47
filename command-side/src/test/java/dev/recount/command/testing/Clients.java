package dev.recount.command.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that act concurrently, each in its own thread. */
public final class Clients {

    private Clients() {}

    /** The work of one client. */
    @FunctionalInterface
    public interface Work<T> {
        T by(int client) throws Exception;
    }

    /** Starts all clients at the same moment and returns their results in their order. */
    public static <T> List<T> atOnce(int clients, Work<T> work) {
        CyclicBarrier start = new CyclicBarrier(clients);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> {
                        start.await();
                        return work.by(client);
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
