package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers whatever ends a request inside Spring MVC with a problem document. */
final class ProblemResolver implements HandlerExceptionResolver {

    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    private final ProblemWriter writer;

    ProblemResolver(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        Problem problem = ThrownProblems.of(thrown);
        ProblemLog.write(log, problem, thrown);
        if (!response.isCommitted()) {
            answer(request, response, problem);
        }
        return new ModelAndView();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        // Headers of the answer that was meant to be, such as an ETag, must not go with the problem.
        response.reset();
        try {
            writer.write(request, response, problem);
        } catch (IOException clientGone) {
            log.debug("the client did not wait for its answer", clientGone);
        }
    }
}
