package dev.recount.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;

/** Tests the port before anything is created, so that a server that cannot listen leaves no data directory behind. */
final class PortCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int USUAL = 8080;
    private static final int HIGHEST = 65_535;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context instanceof WebServerApplicationContext) {
            var environment = context.getEnvironment();
            var port = environment.getProperty("server.port", Integer.toString(USUAL));
            // Other values are reported when the web server binds.
            if (port.matches("\\d{1,5}") && Integer.parseInt(port) <= HIGHEST) {
                tryOut(Integer.parseInt(port), environment.getProperty("server.address", ""));
            }
        }
    }

    /** Resolves the address as the web server does. */
    @SuppressWarnings("AddressSelection")
    private static void tryOut(int port, String address) {
        // The system chooses a free port.
        if (port == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(
                    address.isBlank()
                            ? new InetSocketAddress(port)
                            : new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (UnknownHostException unknown) {
            throw new UnusableStartException(
                    "There is no address " + address + " to listen on.",
                    "Name one of this machine's with --server.address.");
        } catch (BindException refused) {
            throw String.valueOf(refused.getMessage()).contains("in use")
                    ? inUse(port)
                    : refused(port, address, refused);
        } catch (SocketException refused) {
            throw refused(port, address, refused);
        } catch (IOException untold) {
            throw refused(port, address, untold);
        }
    }

    private static UnusableStartException inUse(int port) {
        return new UnusableStartException("Port " + port + " was already in use.", otherPort(port));
    }

    private static UnusableStartException refused(int port, String address, IOException reason) {
        return new UnusableStartException(
                "Recount cannot listen on " + (address.isBlank() ? "port " : address + ":") + port + " ("
                        + reason.getMessage() + ").",
                "Choose another port with --server.port or another address with --server.address.");
    }

    private static String otherPort(int port) {
        return "Stop what listens on port " + port + ", or choose another port with --server.port="
                + (port == USUAL ? 8081 : USUAL) + " (0 takes any that is free).";
    }

    /** Reports a port taken after this check in the same words. */
    @Order(0)
    static final class Analyzer extends AbstractFailureAnalyzer<PortInUseException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
            return new FailureAnalysis(
                    "Port " + cause.getPort() + " was already in use.", otherPort(cause.getPort()), cause);
        }
    }
}
