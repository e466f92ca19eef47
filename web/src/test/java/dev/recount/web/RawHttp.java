package dev.recount.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no HTTP client would let pass, and reads the one answer. */
record RawHttp(int port) {

    private static final int PATIENCE_MILLIS = 20_000;

    /** @param head request line and headers, each ended by a line feed; {@code Host} and the rest are added */
    RawResponse send(String head) throws IOException {
        return send(head, new byte[0]);
    }

    RawResponse send(String head, byte[] body) throws IOException {
        return exchange(bytes(head + "Host: localhost\nConnection: close\n\n"), body);
    }

    RawResponse get(String target, String... headers) throws IOException {
        return send("GET " + target + " HTTP/1.1\n" + lines(headers));
    }

    RawResponse json(String method, String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(
                method + " " + target + " HTTP/1.1\nContent-Type: application/json\nContent-Length: " + bytes.length
                        + "\n" + lines(headers),
                bytes);
    }

    /** Nothing is added. */
    RawResponse exchange(byte[]... parts) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            for (byte[] part : parts) {
                out.write(part);
            }
            out.flush();
            return RawResponse.read(socket.getInputStream());
        }
    }

    /** Says all it has to say and then closes its half, as a client that broke off would. */
    RawResponse breakOff(String head, byte[] start) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(head + "Host: localhost\n\n"));
            socket.getOutputStream().write(start);
            socket.shutdownOutput();
            return RawResponse.read(socket.getInputStream());
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\n", headers) + "\n";
    }

    static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toByteArray();
    }
}
