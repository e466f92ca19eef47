package dev.recount.command.bus;

import dev.recount.eventstore.append.AppendReceipt;
import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.UnknownOutcomeException;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands in the calling thread.
 *
 * <p>A conflict that only the log's sequence numbers detect is retried on fresh state. So no client is refused because
 * another client changed another part of the issue.
 */
public final class CommandDispatcher {

    private final CommandBus bus;

    CommandDispatcher(CommandBus bus) {
        this.bus = bus;
    }

    /**
     * Dispatches the command and waits until its events are durable.
     *
     * @param outcome the type that the command's handler returns
     * @throws ContendedException when every attempt met a conflict
     * @throws LogUnavailableException when the database cannot be reached; nothing was written
     * @throws UnknownOutcomeException when the connection was lost during the append, so the outcome is unknown
     */
    public <R> CommandResult<R> dispatch(Object command, Origin origin, Class<R> outcome) {
        MetaData metadata = MetaData.from(origin.metadata());
        return ConflictRetry.untilWon(command.getClass().getSimpleName(), () -> attempt(command, metadata, outcome));
    }

    private <R> CommandResult<R> attempt(Object command, MetaData metadata, Class<R> outcome) {
        AppendReceipt receipt = new AppendReceipt();
        CommandResultMessage<?> result = AppendReceipt.collect(receipt, () -> carryOut(command, metadata));
        if (result.isExceptional()) {
            throw unchecked(result.exceptionResult());
        }
        return new CommandResult<>(outcome.cast(result.getPayload()), receipt.lastPosition());
    }

    private CommandResultMessage<?> carryOut(Object command, MetaData metadata) {
        Reply reply = new Reply();
        bus.dispatch(new GenericCommandMessage<>(command, metadata), reply);
        return reply.message();
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case DeadlockException race -> race;
            case LockAcquisitionFailedException queue ->
                new ContendedException("The queue for the issue was too long", queue);
            case RuntimeException exception -> exception;
            default -> new IllegalStateException("A command handler threw a checked exception", failure);
        };
    }

    /** The bus calls this back before {@code dispatch} returns, in the same thread. */
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
