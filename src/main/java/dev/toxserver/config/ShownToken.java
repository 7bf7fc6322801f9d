package dev.toxserver.config;

import java.util.Optional;

/** What is shown to a server, if anything, on each connection. */
public interface ShownToken {
  /**
   * For a new connection; on one thread at a time. Reads short files of this machine.
   *
   * @param ip the address that was reached; empty over a Unix domain socket
   * @param port the port that was reached
   * @param localPort from which it was reached
   * @throws InvalidSettingException if there is one, and it must not be shown there
   */
  Optional<Token> showTo(Optional<String> ip, int port, int localPort);
}
