package dev.toxserver.config;

import io.netty.util.NetUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.StringTokenizer;
import java.util.TreeSet;

/**
 * Whose programs can be at the other end of a connection over this machine's loopback: those that
 * listen at its port, and the one that has accepted it, which may listen no more. As far as Linux
 * tells, in /proc/net/tcp and tcp6; see proc(5). Of one that is not accepted yet it says root.
 */
final class LoopbackPeer {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int ROOT = 0;
  private static final String LISTENS = "0A";

  private LoopbackPeer() {}

  /** Whether an address, as text, is this machine's for certain. */
  static boolean isLoopback(String ip) {
    return ip.startsWith("127.") && NetUtil.isValidIpV4Address(ip)
        || ip.equals("0:0:0:0:0:0:0:1")
        || ip.equals("::1");
  }

  /**
   * The first of {@link #users} who is to be told nothing: neither root nor an owner of these
   * files.
   *
   * @param files those that can't be read have no owner
   */
  static OptionalInt stranger(int port, int localPort, List<Path> files) {
    for (int user : users(port, localPort)) {
      if (user != ROOT && !owns(user, files)) {
        return OptionalInt.of(user);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean owns(int user, List<Path> files) {
    for (Path file : files) {
      try {
        if (Files.getAttribute(file, "unix:uid").equals(user)) {
          return true;
        }
      } catch (IOException e) {
        continue;
      }
    }
    return false;
  }

  /**
   * Their user ids. None if a container's port is mapped without a program in between, or where
   * there is no such table.
   *
   * @param port the other end's
   * @param localPort this end's
   */
  static Collection<Integer> users(int port, int localPort) {
    Collection<Integer> users = new TreeSet<>();
    for (Path table : TABLES) {
      try (BufferedReader lines = Files.newBufferedReader(table)) {
        add(lines, hex(port), hex(localPort), users);
      } catch (IOException | NoSuchElementException | NumberFormatException e) {
        // No such table, or of another kind: nothing is told.
        continue;
      }
    }
    return users;
  }

  private static void add(
      BufferedReader lines, String port, String localPort, Collection<Integer> users)
      throws IOException {
    lines.readLine(); // the heading
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      // Most lines are of others; there may be many.
      if (line.contains(port)) {
        StringTokenizer words = new StringTokenizer(line);
        words.nextToken(); // the line's number
        String local = words.nextToken();
        String remote = words.nextToken();
        String state = words.nextToken();
        if (local.endsWith(port) && (state.equals(LISTENS) || remote.endsWith(localPort))) {
          words.nextToken(); // the queues
          words.nextToken(); // the timer
          words.nextToken(); // the retransmissions
          users.add(Integer.parseInt(words.nextToken()));
        }
      }
    }
  }

  /** As the table writes it: {@code :2694}. */
  private static String hex(int port) {
    String digits = Integer.toHexString(port | 0x10000).substring(1).toUpperCase(Locale.ROOT);
    return ":" + digits;
  }
}
