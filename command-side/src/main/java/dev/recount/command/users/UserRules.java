package dev.recount.command.users;

import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for the names of a user. Lengths count characters (code points). */
public final class UserRules {

    public static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.@+-]{1,150}");
    public static final String USERNAME_MESSAGE = "must be 1 to 150 letters, digits or any of _ . @ + -";
    public static final int LONGEST_DISPLAY_NAME = 150;

    private UserRules() {}

    public static Optional<String> problemOfUsername(String username) {
        return USERNAME.matcher(username).matches() ? Optional.empty() : Optional.of(USERNAME_MESSAGE);
    }

    public static Optional<String> problemOfDisplayName(String displayName) {
        return displayName.codePointCount(0, displayName.length()) > LONGEST_DISPLAY_NAME
                ? Optional.of("must be at most " + LONGEST_DISPLAY_NAME + " characters")
                : Optional.empty();
    }
}
