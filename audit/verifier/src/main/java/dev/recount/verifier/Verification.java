package dev.recount.verifier;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads a log from end to end and recomputes it. Several threads parse and hash portions of it, and one processes them
 * in order.
 *
 * <p>Its memory does not grow with the log, except for about 48 bytes per stream.
 */
public final class Verification {

    private static final int MOST_THREADS = 4;
    private static final int AHEAD = 2;

    private Verification() {}

    /** Receives each place in the log, in the order of the log. */
    @FunctionalInterface
    public interface Follower {
        void next(Leaf leaf) throws SQLException;
    }

    /**
     * Reads the source to its end without closing it.
     *
     * @param known roots besides those that come with the source
     */
    public static Report of(LogSource source, Collection<Witness> known, Follower follower)
            throws SQLException, InterruptedException {
        var course = new LogWalk(source, known);
        var threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        try (var workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("audit-", 0).daemon().factory())) {
            try {
                follow(source, course, workers, threads + AHEAD, follower);
            } finally {
                workers.shutdownNow();
            }
        }
        return course.report();
    }

    private static void follow(
            LogSource source, LogWalk course, ExecutorService workers, int inWork, Follower follower)
            throws SQLException, InterruptedException {
        Queue<Future<List<Leaf>>> portions = new ArrayDeque<>();
        IOException broken = null;
        try {
            for (var portion = source.next(); portion != null; portion = source.next()) {
                portions.add(workers.submit(portion::read));
                if (portions.size() > inWork) {
                    take(portions.remove(), course, follower);
                }
            }
        } catch (IOException e) {
            broken = e;
        }
        for (var portion : portions) {
            take(portion, course, follower);
        }
        if (broken != null) {
            course.breakOff(broken);
        }
    }

    private static void take(Future<List<Leaf>> portion, LogWalk course, Follower follower)
            throws SQLException, InterruptedException {
        try {
            for (var leaf : portion.get()) {
                course.accept(leaf);
                follower.next(leaf);
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a portion of the log could not be worked on", failure.getCause());
        }
    }
}
