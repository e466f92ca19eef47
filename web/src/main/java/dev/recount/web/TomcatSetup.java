package dev.recount.web;

import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Configures Tomcat beyond Spring Boot's properties. It runs last, to undo settings of Boot's own customizers. */
final class TomcatSetup implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    /**
     * In bytes. The system default is megabytes. A client that does not read is detected only after the buffer is full.
     * A slow client's reading shows only when a third of the buffer is free.
     */
    private static final int SEND_BUFFER = 128 << 10;

    private final ProblemWriter writer;
    private final AllowedMethods methods;
    private final MinimumRate minimum;

    TomcatSetup(ProblemWriter writer, AllowedMethods methods, MinimumRate minimum) {
        this.writer = writer;
        this.methods = methods;
        this.minimum = minimum;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addContextCustomizers(this::reportProblems);
        factory.addConnectorCustomizers(TomcatSetup::askForBodiesOnlyWhenRead, this::requirePace);
        if (factory instanceof TomcatWebServerFactory tomcat) {
            tomcat.setProtocol(PacedProtocol.class.getName());
        }
    }

    /** Removes error pages, so that every refusal outside Spring MVC ends in the valve, without a second dispatch. */
    private void reportProblems(Context context) {
        for (ErrorPage page : context.findErrorPages()) {
            context.removeErrorPage(page);
        }
        StandardHost host = (StandardHost) context.getParent();
        Pipeline pipeline = host.getPipeline();
        for (Valve valve : pipeline.getValves()) {
            if (valve instanceof ErrorReportValve) {
                pipeline.removeValve(valve);
            }
        }
        pipeline.addValve(new PaceValve());
        pipeline.addValve(new ProblemReportValve(writer, methods));
        host.setErrorReportValveClass(ProblemReportValve.class.getName());
    }

    private void requirePace(Connector connector) {
        if (connector.getProtocolHandler() instanceof PacedProtocol paced) {
            paced.require(minimum);
            paced.setProperty("socket.txBufSize", Integer.toString(SEND_BUFFER));
        }
    }

    /** Makes a client that sends {@code Expect: 100-continue} get the refusal of a too large body before sending it. */
    private static void askForBodiesOnlyWhenRead(Connector connector) {
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
        }
    }
}
