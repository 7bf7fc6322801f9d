package dev.toxserver.e2e;

import dev.toxserver.BridgeSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on a free port, with what it needs to start clients of its own. */
final class Server extends JarProcess {
  private static final Pattern LISTENING =
      Pattern.compile("\\[serve] Running server at (?:tcp|tls)://([^:]+):(\\d+)");
  private static final Pattern PAGE = Pattern.compile("https?://\\S+:(\\d+)/(?:#token=\\S+)?");

  private final Path folder;
  private final String host;
  private final int port;

  private Server(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    super(folder, environment, command);
    this.folder = folder;
    err().awaitText("^C to exit");
    Matcher matcher = LISTENING.matcher(err().text());
    if (!matcher.find()) {
      throw new AssertionError("no port in: " + err().text());
    }
    host = matcher.group(1);
    port = Integer.parseInt(matcher.group(2));
  }

  /** Starts a server in a folder; it listens when this returns. */
  static Server start(Path folder, String... serveArgs) throws IOException {
    return start(folder, Map.of(), serveArgs);
  }

  static Server start(Path folder, Map<String, String> environment, String... serveArgs)
      throws IOException {
    return startWith(command(), folder, environment, serveArgs);
  }

  /** Starts a server by a command of the test's own, to which only the arguments are added. */
  static Server startWith(
      List<String> command, Path folder, Map<String, String> environment, String... serveArgs)
      throws IOException {
    return startAt(0, command, folder, environment, serveArgs);
  }

  /** The same at a port that was its own before; 0 for a free one. */
  static Server startAt(
      int port,
      List<String> command,
      Path folder,
      Map<String, String> environment,
      String... serveArgs)
      throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-p", String.valueOf(port), "-l", "info", "serve"));
    all.addAll(List.of(serveArgs));
    return new Server(folder, environment, all);
  }

  /** The address at which it listens. */
  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** The newest address of its page that it has printed; for one with {@code --http}. */
  String page() {
    return lastPage().group();
  }

  /** Where it listens for browsers; for one with {@code --http}. */
  int httpPort() {
    return Integer.parseInt(lastPage().group(1));
  }

  private MatchResult lastPage() {
    return PAGE.matcher(err().text()).results().reduce((older, newer) -> newer).orElseThrow();
  }

  /** The token that it has made in its folder; the one place where the tests look for it. */
  String token() throws IOException {
    return Files.readString(folder.resolve(".tox-server").resolve("token")).strip();
  }

  /** A connection of another program than ours, which has shown the token. */
  BridgeSocket socket() throws IOException {
    BridgeSocket socket = new BridgeSocket(port);
    try {
      socket.show(token());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Starts a client of this server: global options and a command. */
  JarProcess client(String... args) throws IOException {
    return client(Map.of(), args);
  }

  JarProcess client(Map<String, String> environment, String... args) throws IOException {
    return new JarProcess(folder, environment, withAddress(args));
  }

  /** Starts a client of this server in a terminal window. */
  TerminalWindow inTerminal(String... args) throws IOException {
    return TerminalWindow.ofClient(folder, withAddress(args));
  }

  private String[] withAddress(String... args) {
    List<String> all = new ArrayList<>(List.of("-p", String.valueOf(port), "-h", "127.0.0.1"));
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }
}
