package dev.recount.command.bus;

import dev.recount.eventstore.AppendReceipt;
import dev.recount.eventstore.LogUnavailableException;
import dev.recount.eventstore.StaleAggregateException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands out in the calling thread.
 *
 * <p>A race that only the log's sequence numbers see is tried again on fresh state, so that nobody is refused for
 * what another client did to another part of the issue.
 */
public final class CommandDispatcher {

    /** About a second: with five nodes at one issue, one command in a million would lose this often. */
    private static final int MAX_ATTEMPTS = 64;

    private static final int MAX_DOUBLINGS = 5;

    private final CommandBus bus;

    CommandDispatcher(CommandBus bus) {
        this.bus = bus;
    }

    /**
     * Dispatches the command and waits until its events are durable.
     *
     * @param outcome what the command's handler returns
     * @throws ContendedException when the races do not end
     * @throws LogUnavailableException when the database cannot be reached; whether an append went through that was
     *     under way then is not known
     */
    public <R> Answer<R> dispatch(Object command, Origin origin, Class<R> outcome) {
        MetaData metadata = MetaData.from(origin.metadata());
        for (int attempt = 1; ; attempt++) {
            AppendReceipt receipt = new AppendReceipt();
            CommandResultMessage<?> result = AppendReceipt.collect(receipt, () -> carryOut(command, metadata));
            if (!result.isExceptional()) {
                return new Answer<>(outcome.cast(result.getPayload()), receipt.lastPosition());
            }
            Throwable failure = result.exceptionResult();
            if (!isRace(failure)) {
                throw unchecked(failure);
            }
            if (attempt == MAX_ATTEMPTS) {
                throw new ContendedException(command.getClass().getSimpleName() + " lost every race", failure);
            }
            pause(attempt);
        }
    }

    private CommandResultMessage<?> carryOut(Object command, MetaData metadata) {
        Reply reply = new Reply();
        bus.dispatch(new GenericCommandMessage<>(command, metadata), reply);
        return reply.message();
    }

    private static boolean isRace(Throwable failure) {
        return failure instanceof ConcurrencyException
                || failure instanceof StaleAggregateException
                || failure instanceof DeadlockException;
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case LockAcquisitionFailedException queue ->
                new ContendedException("The queue for the issue was too long", queue);
            case RuntimeException exception -> exception;
            default -> new IllegalStateException("A command handler threw a checked exception", failure);
        };
    }

    /** A moment of chance, so that two nodes that met do not meet again; longer from time to time. */
    private static void pause(int attempt) {
        long most = Duration.ofMillis(1).toNanos() << Math.min(attempt - 1, MAX_DOUBLINGS);
        try {
            Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContendedException("Interrupted between two attempts", e);
        }
    }

    /** The bus answers before {@code dispatch} returns, in the same thread. */
    private static final class Reply implements CommandCallback<Object, Object> {

        private @Nullable CommandResultMessage<?> message;

        @Override
        public void onResult(CommandMessage<?> command, CommandResultMessage<?> result) {
            message = result;
        }

        CommandResultMessage<?> message() {
            if (message == null) {
                throw new IllegalStateException("The command bus is expected to work in the calling thread");
            }
            return message;
        }
    }
}
