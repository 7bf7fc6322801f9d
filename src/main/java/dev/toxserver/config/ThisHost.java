package dev.toxserver.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The machine that this runs on. */
final class ThisHost {
  private ThisHost() {}

  /** Its name, as far as it knows it itself. May block, as long as the system looks for it. */
  static Optional<String> name() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
