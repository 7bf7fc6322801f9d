package dev.toxserver.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.UUID;

/**
 * A token for this start of a server alone, which its user's clients on this machine find by the
 * port, wherever they stand: in the user's state folder, in a file that says besides where the
 * server listens and its process id. It goes with the server. If a killed one has left it behind,
 * it opens nothing to whoever listens on the port since then and is shown it.
 */
public final class PortToken {
  private static final String ANY_ADDRESS = "*";

  private final Path folder;
  private final String address;
  private final Token token = Token.random();

  private PortToken(Path folder, String address) {
    this.folder = folder;
    this.address = address;
  }

  /**
   * Makes one, and the folder for it.
   *
   * @param bindHost where the server will listen
   * @throws IOException if there is no folder that is this user's
   */
  static PortToken prepare(Map<String, String> variables, String bindHost) throws IOException {
    Path folder =
        folder(variables).orElseThrow(() -> new IOException("this user has no home folder"));
    OwnFiles.takeFolder(folder);
    return new PortToken(folder, addressOf(bindHost));
  }

  Token token() {
    return token;
  }

  /**
   * Puts it where clients look, before the server listens: a client that waits for it connects as
   * soon as it does. Not in place of one whose server runs, for that one may have the port. Blocks.
   *
   * @param port where the server will listen, 0 if it is not known yet
   */
  public void announce(int port) throws IOException {
    if (port != 0 && Entry.read(file(folder, port)).filter(Entry::isAlive).isEmpty()) {
      publish(port);
    }
  }

  /**
   * Puts it where clients look, in place of what is there. Blocks.
   *
   * @param port where the server listens now
   */
  public void publish(int port) throws IOException {
    Path draft = folder.resolve(port + "." + UUID.randomUUID() + ".new");
    OwnFiles.create(draft, text());
    Files.move(draft, file(folder, port), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes it away again, unless another server has put its own there. Blocks. */
  public void withdraw(int port) throws IOException {
    OwnFiles.deleteIfItHolds(file(folder, port), text());
  }

  private String text() {
    return token.secret() + "\n" + address + " " + ProcessHandle.current().pid() + "\n";
  }

  /**
   * The token of this user's server at a port of this machine, if it is there and still runs.
   *
   * @param ip the address of loopback that was reached
   */
  static Optional<Token> find(Map<String, String> variables, String ip, int port) {
    return folder(variables)
        .flatMap(folder -> Entry.read(file(folder, port)))
        .filter(entry -> entry.isOfServerAt(ip) && entry.isAlive())
        .map(Entry::token);
  }

  /** What a file holds. */
  private record Entry(Token token, String address, String pid) {
    /** Empty if there is none, or another kind of file. */
    static Optional<Entry> read(Path file) {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try {
        StringTokenizer words = new StringTokenizer(Token.beginningOf(file));
        return Optional.of(
            new Entry(new Token(words.nextToken()), words.nextToken(), words.nextToken()));
      } catch (IOException | InvalidSettingException | NoSuchElementException e) {
        return Optional.empty();
      }
    }

    boolean isOfServerAt(String ip) {
      return address.equals(ANY_ADDRESS) || address.equals(ip);
    }

    /** Where the system does not tell, it counts as alive. */
    boolean isAlive() {
      Path processes = Path.of("/proc");
      return Files.isDirectory(processes.resolve(pid))
          || !Files.isDirectory(processes.resolve("self"));
    }
  }

  private static Optional<Path> folder(Map<String, String> variables) {
    return StateFolder.base(variables).map(base -> base.resolve("ports"));
  }

  private static Path file(Path folder, int port) {
    return folder.resolve(String.valueOf(port));
  }

  /** As a client sees the address of the server that it has reached. */
  private static String addressOf(String bindHost) {
    try {
      InetAddress address = InetAddress.getByName(bindHost);
      return address.isAnyLocalAddress() ? ANY_ADDRESS : address.getHostAddress();
    } catch (UnknownHostException e) {
      // The bind will fail on it.
      return bindHost;
    }
  }
}
