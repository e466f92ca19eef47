package dev.recount.command.issue;

import dev.recount.events.text.TextRule;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The rules for the fields of an issue, the same for every endpoint, for imports and for the decider. */
public final class IssueRules {

    public static final TextRule TITLE = TextRule.ANY.trimmed().notBlank().atMost(255);
    public static final TextRule DESCRIPTION = TextRule.ANY;
    public static final TextRule COMMENT = TextRule.ANY.notBlank();
    public static final TextRule LABEL = TextRule.ANY.trimmed().notBlank().atMost(50);

    private IssueRules() {}

    public static Optional<String> problemOfUser(long userId, LongPredicate userExists) {
        return userExists.test(userId) ? Optional.empty() : Optional.of("is no user: " + userId);
    }
}
