package dev.recount.web;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Returns problem documents for requests that never reach Spring MVC: those that Tomcat refuses, and those that filters
 * refuse or fail on.
 */
final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    private static final String TOO_LARGE =
            StringManager.getManager(Http11InputBuffer.class).getString("iib.requestheadertoolarge.error");

    private final ProblemWriter writer;
    private final AllowedMethods methods;

    ProblemReportValve(ProblemWriter writer, AllowedMethods methods) {
        this.writer = writer;
        this.methods = methods;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        // A handler that sets a status and writes no body, such as the actuator, did not report an error.
        if (status < 400
                || response.getContentWritten() > 0
                || (response.isError() && !response.setErrorReported())
                || !canWrite(response)) {
            return;
        }
        try {
            response.resetBuffer();
            writer.write(request, response, problem(request, status, thrown));
            response.finishResponse();
        } catch (IOException clientGone) {
            log.debug("the client did not wait for its response", clientGone);
        }
    }

    /**
     * Tomcat's status counts if Tomcat refused the request. Exceptions of Recount's filters are translated as
     * everywhere.
     */
    private Problem problem(Request request, int status, @Nullable Throwable thrown) {
        if (status == 405) {
            return methodNotAllowed(request);
        }
        if (thrown == null || status != 500) {
            return FrameworkProblems.ofStatus(status == 400 && isTooLarge(thrown) ? tooLargeStatus(request) : status);
        }
        Problem problem = ThrownProblems.of(thrown);
        try (MDC.MDCCloseable _ = MDC.putCloseable(RequestIdFilter.MDC_KEY, RequestId.of(request))) {
            ProblemLog.write(log, problem, thrown);
        }
        return problem;
    }

    /**
     * Finds the allowed methods again: Tomcat refuses TRACE before it resolves the path, and allows the servlets'
     * methods.
     */
    private Problem methodNotAllowed(Request request) {
        Set<String> allowed = methods.at(request);
        request.getResponse().setHeader("Allow", null);
        return allowed.isEmpty() ? FrameworkProblems.ofStatus(404) : FrameworkProblems.methodNotAllowed(allowed);
    }

    /** Tomcat reports a long address and long headers as a bad request. Only this text distinguishes them. */
    private static boolean isTooLarge(@Nullable Throwable thrown) {
        return thrown instanceof IllegalArgumentException && TOO_LARGE.equals(thrown.getMessage());
    }

    private static int tooLargeStatus(Request request) {
        return request.getRequestURI() == null ? 414 : 431;
    }

    private static boolean canWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
