package dev.recount.query.reports;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.recount.query.asof.Moment;
import dev.recount.query.asof.Moments;
import dev.recount.query.asof.PastAnswer;
import dev.recount.query.asof.PastEditions;
import dev.recount.query.asof.Replays;
import dev.recount.query.http.Answer;
import dev.recount.query.http.KeptAnswers;
import dev.recount.query.http.Question;
import dev.recount.query.http.ReadsProjection;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Projections;
import dev.recount.web.LogPositions;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets every {@link Report} be told as of a moment ({@code as_of}): its endpoint runs as ever, but on tables in which its
 * projection has recounted the log up to there, and by a clock that stands at that moment.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PastReports implements HandlerAdapter {

    /** Of answers that are kept, in bytes. */
    private static final long MOST_BYTES = 8 << 20;

    private static final int LARGEST = 1 << 20;
    private static final int OVERHEAD = 400;

    private final RequestMappingHandlerAdapter endpoints;
    private final KeptAnswers present;
    private final Moments moments;
    private final Replays replays;
    private final Projections projections;
    private final LogPositions positions;
    private final PastEditions editions;

    /** What is replayed otherwise, or of another log, is asked for by another question. */
    private final Cache<PastQuestion, Answer> answers = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((PastQuestion asked, Answer answer) ->
                    OVERHEAD + asked.question().size() + answer.size())
            .executor(Runnable::run)
            .build();

    /** Whether the moment was settled when it was asked for makes no difference to the answer. */
    private record PastQuestion(Question question, String log, long position, Instant at, String edition) {}

    PastReports(
            RequestMappingHandlerAdapter endpoints,
            KeptAnswers present,
            Moments moments,
            Replays replays,
            Projections projections,
            LogPositions positions,
            PastEditions editions) {
        this.positions = positions;
        this.endpoints = endpoints;
        this.present = present;
        this.moments = moments;
        this.replays = replays;
        this.projections = projections;
        this.editions = editions;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && Report.class.isAssignableFrom(method.getBeanType())
                && endpoints.supports(handler);
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        var moment = momentOf(request);
        if (moment.isEmpty()) {
            return present.handle(request, response, handler);
        }
        var then = moment.get();
        var report = projectionsOf((HandlerMethod) handler);
        var edition = editions.at(report.stream().map(Projection::name).toList(), then.position());
        var question =
                new PastQuestion(Question.of(request), positions.log(), then.position(), then.at(), edition.text());
        var answer = answers.getIfPresent(question);
        if (answer == null) {
            answer = tell(request, response, (HandlerMethod) handler, then);
            if (answer.size() <= LARGEST) {
                answers.put(question, answer);
            }
        }
        var headers = new HttpHeaders();
        PastAnswer.of(then, edition, positions, headers);
        headers.forEach((name, values) -> response.setHeader(name, values.getFirst()));
        answer.write(request, response);
        return null;
    }

    private Optional<Moment> momentOf(HttpServletRequest request) {
        var query = QueryParameters.parse(
                request.getRequestURI(), Objects.requireNonNullElse(request.getQueryString(), ""));
        var moment = moments.askedFor(query);
        query.throwIfInvalid();
        return moment;
    }

    private Answer tell(HttpServletRequest request, HttpServletResponse response, HandlerMethod report, Moment moment)
            throws Exception {
        var written = new ContentCachingResponseWrapper(response);
        return replays.at(moment, projectionsOf(report), () -> {
            endpoints.handle(request, written, report);
            return Answer.of(written).tagged();
        });
    }

    private List<Projection> projectionsOf(HandlerMethod report) {
        var read = Objects.requireNonNull(report.getMethodAnnotation(ReadsProjection.class));
        return Stream.of(read.value())
                .map(name -> projections.of(name).projection())
                .toList();
    }
}
