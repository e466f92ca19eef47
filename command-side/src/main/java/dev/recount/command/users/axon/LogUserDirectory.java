package dev.recount.command.users.axon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.command.users.UserDirectory;
import dev.recount.events.StreamName;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.eventstore.read.EventLog;
import java.util.Optional;

/** Finds users in the log and caches them. Unknown ids are looked up each time. */
final class LogUserDirectory implements UserDirectory {

    private static final int REMEMBERED_USERS = 100_000;

    private final EventLog log;
    private final Cache<Long, UserRegistered> found =
            Caffeine.newBuilder().maximumSize(REMEMBERED_USERS).build();

    LogUserDirectory(EventLog log) {
        this.log = log;
    }

    @Override
    public Optional<UserRegistered> find(long userId) {
        UserRegistered remembered = found.getIfPresent(userId);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<UserRegistered> user = log.readStream(StreamName.user(userId), 0).stream()
                .map(message -> message.getPayload())
                .filter(UserRegistered.class::isInstance)
                .map(UserRegistered.class::cast)
                .findFirst();
        user.ifPresent(registered -> found.put(userId, registered));
        return user;
    }
}
