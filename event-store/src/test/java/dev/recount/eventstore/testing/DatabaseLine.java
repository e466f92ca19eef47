package dev.recount.eventstore.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way to a database server, which can fall silent: connections stay open and new ones are accepted, as those of a
 * machine that has frozen, and not a byte goes through.
 */
public final class DatabaseLine implements AutoCloseable {

    private final String host;
    private final int port;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean silent;

    /** Leads to a server. */
    public static DatabaseLine to(TestServer server) {
        return new DatabaseLine(server.host(), server.port());
    }

    public DatabaseLine(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            entrance = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** What takes the place of the server's host and port in a JDBC URL. */
    public String address() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    /** A JDBC URL of a database on the other side. */
    public String url(TestDatabase database) {
        return "jdbc:postgresql://" + address() + "/" + database.name();
    }

    public void fallSilent() {
        set(true);
    }

    /** Lets through what was sent meanwhile, too. */
    public void goOn() {
        set(false);
    }

    /** Breaks the connections that there are. */
    public void breakConnections() {
        sockets.forEach(DatabaseLine::close);
        sockets.clear();
    }

    private void set(boolean silence) {
        lock.lock();
        try {
            silent = silence;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pass() throws InterruptedException {
        lock.lock();
        try {
            while (silent) {
                opened.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void connect(Socket client) {
        try {
            pass();
            Socket server = new Socket(host, port);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(server);
            Thread.ofVirtual().start(() -> copy(client, server));
            copy(server, client);
        } catch (IOException | InterruptedException failed) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pass();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException | InterruptedException broken) {
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException closed) {
            return;
        } finally {
            goOn();
            breakConnections();
        }
    }
}
