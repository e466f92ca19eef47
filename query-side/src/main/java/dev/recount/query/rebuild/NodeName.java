package dev.recount.query.rebuild;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A name by which people find the process that a run is in. */
final class NodeName {

    private NodeName() {}

    static String ofThisProcess() {
        return host() + "/" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
