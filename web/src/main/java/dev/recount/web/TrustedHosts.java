package dev.recount.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accepted host names of this server: configured names, those of the loopback interface, and the address at which a
 * connection arrived. A name that an attacker's DNS points to this server is not among them.
 */
final class TrustedHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names;
    /** Caches the last trusted header, because nearly all requests have the same one. */
    private volatile @Nullable String lastTrusted;

    /** @param configured names without ports, in any case; IPv6 addresses in brackets */
    TrustedHosts(List<String> configured) {
        this.names = Stream.concat(LOOPBACK.stream(), configured.stream().map(TrustedHosts::requireName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a request with this {@code Host} header is meant for this server, regardless of the port.
     *
     * @param localAddress address at which the connection arrived; trusted because a request by address involves no DNS
     */
    boolean trust(String hostHeader, String localAddress) {
        if (hostHeader.equals(lastTrusted)) {
            return true;
        }
        String name = withoutDot(withoutPort(hostHeader).toLowerCase(Locale.ROOT));
        if (names.contains(name) || isLoopback(name)) {
            lastTrusted = hostHeader;
            return true;
        }
        InetAddress address = address(name);
        return address != null && address.equals(address(localAddress));
    }

    private static boolean isLoopback(String name) {
        InetAddress address = address(name);
        return address != null && address.isLoopbackAddress();
    }

    /** Parses an address literal. Null for a name, which is never looked up. */
    private static @Nullable InetAddress address(String literal) {
        boolean bracketed = literal.startsWith("[") && literal.endsWith("]");
        if (literal.isEmpty() || (!bracketed && literal.indexOf(':') < 0 && !isDigit(literal.charAt(0)))) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(bracketed ? literal.substring(1, literal.length() - 1) : literal);
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String withoutPort(String hostHeader) {
        int colon = hostHeader.indexOf(':', hostHeader.startsWith("[") ? Math.max(0, hostHeader.indexOf(']')) : 0);
        return colon < 0 ? hostHeader : hostHeader.substring(0, colon);
    }

    /** Removes a trailing dot, which names the same host. */
    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String requireName(String configured) {
        String name = withoutDot(configured.strip().toLowerCase(Locale.ROOT));
        if (name.isEmpty() || name.indexOf('/') >= 0 || !withoutPort(name).equals(name)) {
            throw new IllegalArgumentException(
                    "recount.web.hosts takes names such as tracker.example.com, without port or" + " scheme, not '"
                            + configured + "'");
        }
        return name;
    }
}
