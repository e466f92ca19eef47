package dev.recount.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** How much of the heap is in use while something runs, in megabytes: each collection tells of a peak and what it left. */
final class HeapUse implements AutoCloseable {

    private static final double MEGABYTE = 1 << 20;

    private final AtomicLong highest = new AtomicLong();
    private final AtomicLong highestLeft = new AtomicLong();
    private final NotificationListener listener = this::collected;
    private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    /** Begins without the garbage of what ran before. */
    HeapUse() {
        System.gc();
        collectors().forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    private static List<NotificationEmitter> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    private void collected(Notification notification, @Nullable Object handback) {
        if (notification.getUserData() instanceof CompositeData data) {
            var collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
            highest.accumulateAndGet(sum(collection.getMemoryUsageBeforeGc()), Math::max);
            highestLeft.accumulateAndGet(sum(collection.getMemoryUsageAfterGc()), Math::max);
        }
    }

    private long sum(Map<String, MemoryUsage> usage) {
        return pools.stream()
                .map(usage::get)
                .mapToLong(used -> used == null ? 0 : used.getUsed())
                .sum();
    }

    private static long now() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Garbage included, so it says more about the size of the heap than about what runs in it. */
    double highest() {
        return Math.max(highest.get(), now()) / MEGABYTE;
    }

    /** The most that a collection left, which may still be partly garbage: an upper bound of what was needed. */
    double highestLeft() {
        return highestLeft.get() / MEGABYTE;
    }

    /** What is left after everything has been collected. */
    static double afterCollection() {
        System.gc();
        return now() / MEGABYTE;
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : collectors()) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
