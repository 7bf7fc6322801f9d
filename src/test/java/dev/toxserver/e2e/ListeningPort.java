package dev.toxserver.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the TCP port that a process listens on, where it can't tell: see proc(5), net/tcp. */
final class ListeningPort {
  private static final String LISTEN = "0A";

  private ListeningPort() {}

  static int of(long pid) {
    return await("listens")
        .atMost(Captured.DEADLINE)
        .until(() -> find(pid), Optional::isPresent)
        .orElseThrow();
  }

  /** The port, if there is one now. */
  static Optional<Integer> find(long pid) throws IOException {
    return all(pid).stream().findFirst();
  }

  /** All of them. */
  static List<Integer> all(long pid) throws IOException {
    Set<String> sockets = sockets(pid);
    List<Integer> ports = new ArrayList<>();
    for (String table : new String[] {"tcp", "tcp6"}) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields[3].equals(LISTEN) && sockets.contains("socket:[" + fields[9] + "]")) {
          String address = fields[1];
          ports.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static Set<String> sockets(long pid) throws IOException {
    Set<String> found = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path each : open) {
        link(each).ifPresent(found::add);
      }
    } catch (UncheckedIOException e) {
      return found;
    }
    return found;
  }

  private static Optional<String> link(Path path) {
    try {
      return Optional.of(Files.readSymbolicLink(path).toString());
    } catch (IOException e) {
      // Closed since it was listed.
      return Optional.empty();
    }
  }
}
