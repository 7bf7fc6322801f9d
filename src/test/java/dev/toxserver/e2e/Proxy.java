package dev.toxserver.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server that breaks when a test wants it to. */
public final class Proxy implements Closeable {
  private volatile int serverPort;
  private final ServerSocket listener;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private volatile boolean gone;
  private volatile boolean dropping;

  /** One that leads to a server on this machine. */
  public Proxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many bytes have come to the client through all connections. */
  long delivered() {
    return delivered.get();
  }

  /** How many connections were made. */
  long accepted() {
    return accepted.get();
  }

  /** Closes every connection, both ends of it, as a proxy does that is restarted. */
  void cut() {
    pairs.forEach(Pair::close);
    pairs.clear();
  }

  /** From now on nothing passes any of the connections that are there, and nobody is told. */
  void dropPackets() {
    pairs.forEach(pair -> pair.dropping = true);
    pairs.clear();
  }

  /** Nobody is let through any more. */
  public void goAway() {
    gone = true;
    cut();
  }

  /** Leads to another server from now on. */
  void leadTo(int otherPort) {
    serverPort = otherPort;
  }

  /** They are again. */
  public void comeBack() {
    gone = false;
  }

  /** New connections are taken, and nothing passes them. */
  void swallow() {
    dropping = true;
    dropPackets();
  }

  @Override
  public void close() throws IOException {
    goAway();
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        accepted.incrementAndGet();
        if (gone) {
          client.close();
        } else {
          Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
          pair.client.setTcpNoDelay(true);
          pair.server.setTcpNoDelay(true);
          pair.dropping = dropping;
          pairs.add(pair);
          start(() -> pair.pass(pair.client, pair.server, false));
          start(() -> pair.pass(pair.server, pair.client, true));
        }
      }
    } catch (IOException e) {
      // The test is over, or the server has gone: the client finds nobody.
      return;
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Pair {
    private final Socket client;
    private final Socket server;
    private volatile boolean dropping;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** Stops reading when packets are dropped: a sender then fills its buffers, as it would. */
    void pass(Socket from, Socket to, boolean toClient) {
      byte[] buffer = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0 && !dropping; read = in.read(buffer)) {
          out.write(buffer, 0, read);
          if (toClient) {
            delivered.addAndGet(read);
          }
        }
        if (!dropping) {
          close();
        }
      } catch (IOException e) {
        close();
      }
    }

    void close() {
      try (client;
          server) {
        dropping = true;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
