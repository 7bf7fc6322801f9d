package dev.toxserver.config;

import java.util.Optional;

/** Where a server is: a host, by its name or address, and a port. */
public record HostPort(String host, int port) {
  /**
   * Reads a host and the port behind it; an IPv6 address may be in brackets. Empty if it is none.
   *
   * @param colon where the colon between them is
   */
  static Optional<HostPort> of(String text, int colon) {
    String host = withoutBrackets(text.substring(0, Math.max(0, colon)));
    String port = text.substring(colon + 1);
    boolean valid = !host.isEmpty() && port.matches("\\d{1,5}") && isPort(Integer.parseInt(port));
    return valid ? Optional.of(new HostPort(host, Integer.parseInt(port))) : Optional.empty();
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  /** As a user would write it. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
