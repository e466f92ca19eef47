package dev.recount.command.imports;

import dev.recount.command.users.UserDirectory;
import java.util.HashSet;
import java.util.Set;

/** The possible assignees of one import. An unknown user id is looked up once, not for each row. */
final class Assignees {

    private static final int REMEMBERED = 10_000;

    private final UserDirectory users;
    private final Set<Long> unknown = new HashSet<>();

    Assignees(UserDirectory users) {
        this.users = users;
    }

    boolean exist(long userId) {
        if (unknown.contains(userId)) {
            return false;
        }
        if (users.exists(userId)) {
            return true;
        }
        if (unknown.size() == REMEMBERED) {
            unknown.clear();
        }
        unknown.add(userId);
        return false;
    }
}
