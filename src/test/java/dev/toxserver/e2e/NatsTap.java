package dev.toxserver.e2e;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Between a hub or a runner and its NATS server: sees each message, and at a chosen one its process
 * is ended. So a process dies between two of its steps, at each time at the same place.
 */
final class NatsTap implements Closeable {
  private final int server;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Death death = new Death(message -> false, true, () -> {});

  /**
   * Where a process dies.
   *
   * @param at the message, as one text: how it begins, and what is in it
   * @param passes whether the message still comes to the other side; none does after it
   * @param end ends the process
   */
  record Death(Predicate<String> at, boolean passes, Runnable end) {}

  NatsTap(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** What its process is told of NATS: options after its word. */
  List<String> options() {
    return List.of("--nats", "nats://127.0.0.1:" + listener.getLocalPort());
  }

  /** From the next message on. */
  void await(Death next) {
    death = next;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket each : sockets) {
      each.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket here = listener.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
        for (Socket each : List.of(here, there)) {
          each.setTcpNoDelay(true);
          sockets.add(each);
        }
        start(() -> pass(here, there));
        start(() -> pass(there, here));
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "nats-tap");
    thread.setDaemon(true);
    thread.start();
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = new BufferedInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      while (true) {
        byte[] message = read(in);
        Death chosen = death;
        boolean isLast = chosen.at().test(new String(message, StandardCharsets.UTF_8));
        if (!isLast || chosen.passes()) {
          out.write(message);
        }
        if (isLast) {
          chosen.end().run();
          return;
        }
      }
    } catch (IOException e) {
      // One of the two has gone.
      return;
    }
  }

  /** A line, and what belongs to it. */
  private static byte[] read(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    do {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    } while (line.charAt(line.length() - 1) != '\n');
    byte[] first = line.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] rest = in.readNBytes(bytesAfter(line.toString().strip()));
    byte[] all = new byte[first.length + rest.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  private static int bytesAfter(String line) {
    return line.matches("(?i)H?(PUB|MSG) .*")
        ? Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)) + 2
        : 0;
  }
}
