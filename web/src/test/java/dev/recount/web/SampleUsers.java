package dev.recount.web;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.dao.DataAccessResourceFailureException;

/** Knows user 1 and the added users, and counts the lookups. */
final class SampleUsers implements KnownUsers {

    static final long DATABASE_IS_AWAY = 666;

    final AtomicInteger questions = new AtomicInteger();
    volatile long newcomer;

    @Override
    public boolean exists(long userId) {
        questions.incrementAndGet();
        if (userId == DATABASE_IS_AWAY) {
            throw new DataAccessResourceFailureException("java.lang.Secret: connection refused");
        }
        return userId == 1 || userId == newcomer;
    }
}
