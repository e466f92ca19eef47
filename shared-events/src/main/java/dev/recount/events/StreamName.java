package dev.recount.events;

import java.util.UUID;

/** The names of streams: kind, a hyphen, and the key. */
public final class StreamName {

    private StreamName() {}

    public static String issue(long issueId) {
        return "issue-" + issueId;
    }

    public static String user(long userId) {
        return "user-" + userId;
    }

    public static String username(String username) {
        return "username-" + username;
    }

    public static String label(String name) {
        return "label-" + name;
    }

    public static String importOf(UUID importId) {
        return "import-" + importId;
    }

    public static String bulkChange(UUID bulkId) {
        return "bulk-" + bulkId;
    }
}
