package dev.recount.eventstore.append;

import java.util.OptionalLong;

/** Where the events of one call ended up in the log: bound to the calling thread while the call runs. */
public final class AppendReceipt {

    private static final ScopedValue<AppendReceipt> CURRENT = ScopedValue.newInstance();

    private long lastPosition;

    /** Runs {@code call} in this thread and collects in {@code receipt} what it appends. */
    public static <T, X extends Throwable> T collect(AppendReceipt receipt, ScopedValue.CallableOp<T, X> call)
            throws X {
        return ScopedValue.where(CURRENT, receipt).call(call);
    }

    /** The position of the last event appended, empty when nothing was. */
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
