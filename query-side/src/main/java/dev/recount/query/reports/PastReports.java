package dev.recount.query.reports;

import dev.recount.query.asof.Moment;
import dev.recount.query.asof.Moments;
import dev.recount.query.asof.PastAnswer;
import dev.recount.query.asof.Replays;
import dev.recount.query.http.ReadsProjection;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Projections;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

    private final RequestMappingHandlerAdapter present;
    private final Moments moments;
    private final Replays replays;
    private final Projections projections;
    private final PastReportAnswers answers = new PastReportAnswers();

    PastReports(RequestMappingHandlerAdapter present, Moments moments, Replays replays, Projections projections) {
        this.present = present;
        this.moments = moments;
        this.replays = replays;
        this.projections = projections;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method
                && Report.class.isAssignableFrom(method.getBeanType())
                && present.supports(handler);
    }

    @Override
    public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        var moment = momentOf(request);
        if (moment.isEmpty()) {
            return present.handle(request, response, handler);
        }
        var question = PastReportAnswers.Question.of(request, moment.get());
        var answer = answers.find(question);
        if (answer.isEmpty()) {
            answer = Optional.of(tell(request, response, (HandlerMethod) handler, moment.get()));
            answers.keep(question, answer.get());
        }
        var headers = new HttpHeaders();
        PastAnswer.of(moment.get(), headers);
        headers.forEach((name, values) -> response.setHeader(name, values.getFirst()));
        answer.get().write(request, response);
        return null;
    }

    private Optional<Moment> momentOf(HttpServletRequest request) {
        var query = QueryParameters.parse(
                request.getRequestURI(), Objects.requireNonNullElse(request.getQueryString(), ""));
        var moment = moments.askedFor(query);
        query.throwIfInvalid();
        return moment;
    }

    private PastReportAnswers.Answer tell(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod report, Moment moment)
            throws Exception {
        var written = new ContentCachingResponseWrapper(response);
        return replays.at(moment, projectionsOf(report), () -> {
            present.handle(request, written, report);
            return new PastReportAnswers.Answer(
                    Objects.requireNonNull(written.getContentType()),
                    List.copyOf(written.getHeaders(HttpHeaders.VARY)),
                    written.getContentAsByteArray());
        });
    }

    private List<Projection> projectionsOf(HandlerMethod report) {
        var read = Objects.requireNonNull(report.getMethodAnnotation(ReadsProjection.class));
        return Stream.of(read.value())
                .map(name -> projections.of(name).projection())
                .toList();
    }
}
