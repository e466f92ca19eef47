package dev.recount.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.web.servlet.HandlerInterceptor;

/** Determines the acting user of a request, and refuses a user that does not exist. */
final class ActingUser implements HandlerInterceptor {

    static final String HEADER = "X-User-Id";

    private static final String ATTRIBUTE = ActingUser.class.getName();
    private static final int REMEMBERED_USERS = 100_000;

    private final KnownUsers users;
    private final Cache<Long, Boolean> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED_USERS).build();

    ActingUser(KnownUsers users) {
        this.users = users;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        OptionalLong actor = named(request);
        if (actor.isPresent()) {
            requireKnown(actor.getAsLong());
        }
        request.setAttribute(ATTRIBUTE, actor);
        return true;
    }

    /** The acting user that {@link #preHandle} found. */
    static OptionalLong of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof OptionalLong actor) {
            return actor;
        }
        throw new IllegalStateException("the acting user was never looked up for this request");
    }

    private static OptionalLong named(HttpServletRequest request) {
        Enumeration<String> values = request.getHeaders(HEADER);
        if (!values.hasMoreElements()) {
            return OptionalLong.empty();
        }
        OptionalLong id = PathId.parse(values.nextElement());
        if (id.isEmpty() || values.hasMoreElements()) {
            throw ProblemType.invalid(Map.of(HEADER, List.of("must be one positive integer")))
                    .exception();
        }
        return id;
    }

    private void requireKnown(long userId) {
        if (known.getIfPresent(userId) != null) {
            return;
        }
        if (!users.exists(userId)) {
            throw ProblemType.UNKNOWN_ACTING_USER
                    .problem("The header " + HEADER + " names user " + userId + ", who does not exist.")
                    .exception();
        }
        known.put(userId, true);
    }
}
