package dev.recount.query.projection;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of all processors of a node, shared on purpose: the number of projections grows, that of cores does not.
 *
 * <p>Platform threads, because virtual ones would queue behind the requests for the same few carriers: under load the
 * reads would wait for projections that wait for the reads. The scheduler of the operating system gives these few
 * threads their share whatever the load.
 */
final class ProjectionThreads implements AutoCloseable {

    private static final int COORDINATORS = 2;
    private static final int WORKERS = 4;
    private static final int CLOSE_SECONDS = 5;

    private final ScheduledExecutorService coordinators = pool(COORDINATORS, "projection-coordinator-");
    private final ScheduledExecutorService workers = pool(WORKERS, "projection-worker-");

    ScheduledExecutorService coordinators() {
        return coordinators;
    }

    ScheduledExecutorService workers() {
        return workers;
    }

    private static ScheduledExecutorService pool(int size, String name) {
        ThreadFactory threads = Thread.ofPlatform().daemon().name(name, 1).factory();
        var pool = new ScheduledThreadPoolExecutor(size, threads);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    @Override
    public void close() {
        coordinators.shutdownNow();
        workers.shutdownNow();
        try {
            coordinators.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
