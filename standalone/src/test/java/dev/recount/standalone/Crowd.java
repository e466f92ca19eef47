package dev.recount.standalone;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many clients that do the same at the same moment. */
final class Crowd {

    private Crowd() {}

    /** Starts all members together and returns their results. Fails with the first failure. */
    static <T> List<T> of(int size, IntFunction<Callable<T>> member) {
        CountDownLatch start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results = IntStream.range(0, size)
                    .mapToObj(number -> {
                        Callable<T> deed = member.apply(number);
                        return threads.submit(() -> {
                            start.await();
                            return deed.call();
                        });
                    })
                    .toList();
            start.countDown();
            return results.stream().map(Crowd::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
