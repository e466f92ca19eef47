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

/** Measures the heap in use while something runs, in megabytes, from the size before and after each collection. */
final class HeapUse implements AutoCloseable {

    private static final double MEGABYTE = 1 << 20;

    private final AtomicLong highest = new AtomicLong();
    private final AtomicLong highestLeft = new AtomicLong();
    private final NotificationListener listener = this::collected;
    private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    /** Collects the earlier garbage first. */
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

    /** Includes garbage, so it depends more on the size of the heap than on the program. */
    double highest() {
        return Math.max(highest.get(), now()) / MEGABYTE;
    }

    /** The maximum after a collection. It may include garbage, so it is an upper bound of the memory needed. */
    double highestLeft() {
        return highestLeft.get() / MEGABYTE;
    }

    /** The heap in use after a full collection. */
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
