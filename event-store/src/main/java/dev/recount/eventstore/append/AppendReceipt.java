package dev.recount.eventstore.append;

import java.util.OptionalLong;

/** The log position of the events that one call appends. It is bound to the calling thread while the call runs. */
public final class AppendReceipt {

    private static final ScopedValue<AppendReceipt> CURRENT = ScopedValue.newInstance();

    private long lastPosition;

    /** Runs {@code call} in this thread and records the position of what it appends in {@code receipt}. */
    public static <T, X extends Throwable> T collect(AppendReceipt receipt, ScopedValue.CallableOp<T, X> call)
            throws X {
        return ScopedValue.where(CURRENT, receipt).call(call);
    }

    /** The position of the last event appended, empty if there was none. */
    public OptionalLong lastPosition() {
        return lastPosition == 0 ? OptionalLong.empty() : OptionalLong.of(lastPosition);
    }

    public static void record(long position) {
        if (CURRENT.isBound()) {
            AppendReceipt receipt = CURRENT.get();
            receipt.lastPosition = Math.max(receipt.lastPosition, position);
        }
    }
}
