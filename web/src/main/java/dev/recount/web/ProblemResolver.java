package dev.recount.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Returns a problem document for every exception that ends a request inside Spring MVC. */
final class ProblemResolver implements HandlerExceptionResolver {

    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    private static final int MAX_CAUSES = 20;

    private final ProblemWriter writer;
    private final AllowedMethods methods;

    ProblemResolver(ProblemWriter writer, AllowedMethods methods) {
        this.writer = writer;
        this.methods = methods;
    }

    /** Null if part of a response has already been sent, so that the exception closes the connection. */
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        boolean canAnswer = !response.isCommitted();
        if (!canAnswer && isClientsDoing(thrown)) {
            // The client is gone, or Tomcat has refused a broken body and the valve responds.
            log.debug("a client disconnected", thrown);
            return new ModelAndView();
        }
        Problem problem = thrown instanceof HttpRequestMethodNotSupportedException
                ? FrameworkProblems.methodNotAllowed(methods.at(request))
                : ThrownProblems.of(thrown);
        ProblemLog.write(log, problem, thrown);
        if (canAnswer) {
            answer(request, response, problem);
        }
        return canAnswer ? new ModelAndView() : null;
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        // Headers of the intended response, such as an ETag, must not be sent with the problem.
        response.reset();
        try {
            writer.write(request, response, problem);
        } catch (IOException clientGone) {
            log.debug("the client did not wait for its response", clientGone);
        }
    }

    private static boolean isClientsDoing(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof ClientAbortException
                    || cause instanceof BadRequestException
                    || cause instanceof AsyncRequestNotUsableException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
