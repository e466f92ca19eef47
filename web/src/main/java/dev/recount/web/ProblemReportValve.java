package dev.recount.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers with a problem document what never reaches Spring MVC: requests that Tomcat itself refuses, and whatever filters
 * throw or refuse.
 */
final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    private final ProblemWriter writer;

    ProblemReportValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !canWrite(response)) {
            return;
        }
        try {
            response.resetBuffer();
            writer.write(request, response, problem(status, thrown));
            response.finishResponse();
        } catch (IOException clientGone) {
            log.debug("the client did not wait for its answer", clientGone);
        }
    }

    /** Tomcat's status counts where it has judged the client; an exception of ours is translated as everywhere. */
    private static Problem problem(int status, @Nullable Throwable thrown) {
        if (thrown == null || status != 500) {
            return FrameworkProblems.ofStatus(status);
        }
        Problem problem = ThrownProblems.of(thrown);
        ProblemLog.write(log, problem, thrown);
        return problem;
    }

    private static boolean canWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
