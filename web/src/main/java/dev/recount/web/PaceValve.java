package dev.recount.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Makes the client's pace available to filters and endpoints. */
final class PaceValve extends ValveBase {

    PaceValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getCoyoteRequest().getNote(ClientPace.NOTE) instanceof ClientPace pace) {
            pace.begin();
            request.setAttribute(ClientPace.ATTRIBUTE, pace);
        }
        getNext().invoke(request, response);
    }
}
