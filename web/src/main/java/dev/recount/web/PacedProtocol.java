package dev.recount.web;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** HTTP/1.1 with a minimum pace for clients. Public because Tomcat creates it by its class name. */
public final class PacedProtocol extends Http11NioProtocol {

    private final PacedEndpoint endpoint;

    public PacedProtocol() {
        this(new PacedEndpoint());
    }

    private PacedProtocol(PacedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void require(MinimumRate minimum) {
        endpoint.require(minimum);
    }

    @Override
    protected Processor createProcessor() {
        return new PacedProcessor(this, getAdapter());
    }

    /** Attaches the client's pace to each request, and pauses the measurement between two requests. */
    private static final class PacedProcessor extends Http11Processor {

        PacedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            if (!(socket.getSocket() instanceof PacedChannel channel)) {
                return super.service(socket);
            }
            ClientPace pace = channel.pace();
            request.setNote(ClientPace.NOTE, pace);
            SocketState state = super.service(socket);
            if (state == SocketState.OPEN) {
                pace.rest();
            }
            return state;
        }
    }
}
