package dev.toxserver.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server on a Unix domain socket in a folder, and how its clients are started. */
final class SocketServer extends JarProcess {
  /** Relative, so that it is shown that it may be. */
  static final String NAME = "tox.sock";

  private final Path folder;

  private SocketServer(Path folder, String... args) throws IOException {
    super(folder, Map.of(), args);
    this.folder = folder;
  }

  /** Starts a server; it listens when this returns. */
  static SocketServer start(Path folder, String body) throws IOException {
    SocketServer server = begin(folder, body);
    server.err().awaitText("Running server at unix:" + folder.resolve(NAME) + "\n");
    return server;
  }

  /** Starts a server, which perhaps will not listen. */
  static SocketServer begin(Path folder, String body) throws IOException {
    String tox = Script.in(folder, body);
    return new SocketServer(folder, "--socket", NAME, "-l", "info", "serve", "--tox", tox);
  }

  /** Starts a client: global options and a command. */
  JarProcess client(String... args) throws IOException {
    return clientIn(folder, args);
  }

  /** Starts a client where there need not be a server. */
  static JarProcess clientIn(Path folder, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("--socket", NAME));
    all.addAll(List.of(args));
    return new JarProcess(folder, Map.of(), all.toArray(String[]::new));
  }
}
