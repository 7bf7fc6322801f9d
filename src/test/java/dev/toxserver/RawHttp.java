package dev.toxserver;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which a test writes what no browser would, and reads until it is closed. */
public final class RawHttp implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;
  private static final int RECEIVE_BYTES = 32 * 1024;

  private final Socket socket;

  public RawHttp(int port) throws IOException {
    socket = new Socket();
    // So that a server soon sees that nobody reads.
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(DEADLINE_MILLIS);
  }

  /** What the server answers to one request, headers and all. */
  public static String get(int port, String path, String... headers) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.send(request("GET", path, headers));
      return http.rest();
    }
  }

  /**
   * A request that ends with its headers; Host and Connection, if it has none of its own, are
   * there.
   */
  public static String request(String method, String path, String... headers) {
    String given = String.join("\r\n", headers);
    return method
        + " "
        + path
        + " HTTP/1.1\r\n"
        + (given.contains("Host:") ? "" : "Host: localhost\r\n")
        + (given.contains("Connection:") ? "" : "Connection: close\r\n")
        + (given.isEmpty() ? "" : given + "\r\n")
        + "\r\n";
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The head of an answer. */
  public String untilEmptyLine() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** All that comes until the server closes. */
  public String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
