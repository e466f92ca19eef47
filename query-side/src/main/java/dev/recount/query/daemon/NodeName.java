package dev.recount.query.daemon;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The display name of this process: its host and its process id, such as {@code atlas/4711}. */
public final class NodeName {

    private static final String HERE = host() + "/" + ProcessHandle.current().pid();

    private NodeName() {}

    public static String here() {
        return HERE;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
