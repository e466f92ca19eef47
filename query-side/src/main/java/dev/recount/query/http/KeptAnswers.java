package dev.recount.query.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.query.projection.Coverage;
import dev.recount.query.projection.RecentChanges;
import dev.recount.web.LogPositions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives answers again that are still right: nothing was appended since, or nothing about the only issue that they show, and
 * nothing else changed the rows.
 *
 * <p>A read asks where the log ends as ever, whoever appended to it, so what it is given is what its endpoint would say.
 * Those who ask the same while it is being answered wait for that answer, unless they have to see more than it does.
 * Only endpoints that say so take part ({@link ReadsProjection#keepsAnswers}).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class KeptAnswers implements HandlerAdapter {

    private static final int SHARE_OF_HEAP = 4;
    private static final int LARGEST = 256 << 10;

    /** Of what keeps an answer, in bytes. */
    private static final int OVERHEAD = 400;

    /** Headers that an {@link Answer} has; who sets others says more than it could repeat. */
    private static final Set<String> REPEATED = Set.of("content-type", "content-length", "etag", "vary");

    private final RequestMappingHandlerAdapter endpoints;
    private final LargeAnswers large;
    private final RecentChanges changes;
    private final InstantSource clock;
    private final LogPositions positions;
    private final Cache<DatedQuestion, Kept> answers = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
            .weigher((DatedQuestion asked, Kept kept) ->
                    OVERHEAD + asked.question().size() + kept.answer.size())
            .executor(Runnable::run)
            .build();
    private final ConcurrentMap<DatedQuestion, Pending> beingAnswered = new ConcurrentHashMap<>();

    /** What it means depends on the log, and on the day, in UTC, where it leaves out a period. */
    private record DatedQuestion(Question question, String log, LocalDate day) {}

    private static final class Kept {

        private final Answer answer;

        /** The latest for which the answer is known to be right. */
        private volatile Coverage coverage;

        private Kept(Answer answer, Coverage coverage) {
            this.answer = answer;
            this.coverage = coverage;
        }
    }

    /** An answer in the making; empty where it turns out to be none that could be given again. */
    private record Pending(Coverage coverage, CompletableFuture<Optional<Answer>> answer) {}

    KeptAnswers(
            RequestMappingHandlerAdapter endpoints,
            LargeAnswers large,
            RecentChanges changes,
            InstantSource clock,
            LogPositions positions) {
        this.positions = positions;
        this.endpoints = endpoints;
        this.large = large;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && endpoints.supports(handler)
                && ReadSources.of(method).keepsAnswers();
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        var coverage = ReadFenceInterceptor.coverageOf(request);
        var endpoint = (HandlerMethod) handler;
        if (coverage.isEmpty() || !HttpMethod.GET.matches(request.getMethod())) {
            return large.make(request, response, endpoint, _ -> {});
        }
        var needed = coverage.get();
        var asked = asked(request);
        var kept = answers.getIfPresent(asked);
        if (kept != null
                && isStillRight(kept.coverage, needed, ReadSources.of(endpoint).issueOf(request))) {
            if (!kept.coverage.includes(needed)) {
                kept.coverage = needed;
            }
            kept.answer.write(request, response);
            return null;
        }
        var mine = new Pending(needed, new CompletableFuture<>());
        var pending = beingAnswered.merge(
                asked, mine, (other, own) -> other.coverage().includes(own.coverage()) ? other : own);
        if (!pending.equals(mine)) {
            var shared = pending.answer().join();
            if (shared.isPresent()) {
                shared.get().write(request, response);
                return null;
            }
        }
        try {
            return answer(asked, mine, request, response, endpoint);
        } finally {
            beingAnswered.remove(asked, mine);
            mine.answer().complete(Optional.empty());
        }
    }

    private boolean isStillRight(Coverage known, Coverage needed, OptionalLong issue) {
        return known.includes(needed)
                || (issue.isPresent()
                        && known.edition() == needed.edition()
                        && changes.isUnchanged(issue.getAsLong(), known.position(), needed.position()));
    }

    private @Nullable ModelAndView answer(
            DatedQuestion asked,
            Pending pending,
            HttpServletRequest request,
            HttpServletResponse response,
            HandlerMethod endpoint)
            throws Exception {
        var before = List.copyOf(response.getHeaderNames());
        return large.make(request, response, endpoint, written -> {
            if (isRepeatable(written, before) && asked.equals(asked(request))) {
                var answer = Answer.of(written);
                keep(asked, new Kept(answer, pending.coverage()));
                pending.answer().complete(Optional.of(answer));
            }
        });
    }

    private DatedQuestion asked(HttpServletRequest request) {
        return new DatedQuestion(
                Question.of(request), positions.log(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private static boolean isRepeatable(ContentCachingResponseWrapper written, List<String> headersBefore) {
        var added = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        added.addAll(written.getHeaderNames());
        headersBefore.forEach(added::remove);
        return written.getStatus() == HttpStatus.OK.value()
                && written.getContentSize() <= LARGEST
                && added.stream().allMatch(name -> REPEATED.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** A read that began earlier may end later. */
    private void keep(DatedQuestion asked, Kept fresh) {
        answers.asMap().merge(asked, fresh, (known, other) -> known.coverage.includes(other.coverage) ? known : other);
    }
}
