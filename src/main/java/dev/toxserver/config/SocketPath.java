package dev.toxserver.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Which Unix domain socket is used in place of host and port, if any. */
final class SocketPath {
  /**
   * Linux takes 107 bytes and macOS 103; the server needs up to 7 of them for a name in passing
   * (its SocketFile).
   */
  private static final int MAX_BYTES = 96;

  private SocketPath() {}

  /**
   * The socket as an absolute path. A port wins over it only if it comes from a stronger source: a
   * port on the command line over a socket in the environment.
   *
   * @throws InvalidSettingException if no socket can have that path
   */
  static Optional<Path> from(Settings settings) {
    if (settings.outranks(Setting.PORT, Setting.SOCKET)) {
      return Optional.empty();
    }
    Optional<Path> socket = settings.optionalPath(Setting.SOCKET).map(Path::toAbsolutePath);
    socket.ifPresent(SocketPath::check);
    return socket;
  }

  private static void check(Path path) {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_BYTES) {
      throw new InvalidSettingException(
          "--socket: the path %s is too long for a socket: %d bytes, of at most %d"
              .formatted(path, length, MAX_BYTES));
    }
    if (path.getFileName() == null) {
      throw new InvalidSettingException("--socket: " + path + " is a folder; give a file in it");
    }
  }
}
