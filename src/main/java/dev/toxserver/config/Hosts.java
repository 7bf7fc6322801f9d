package dev.toxserver.config;

import java.util.ArrayList;
import java.util.List;

/** Several hosts in one setting, each with a port or without: {@code a,b:9877,[::1]:9876}. */
final class Hosts {
  private Hosts() {}

  /**
   * Reads them, in their order.
   *
   * @throws InvalidSettingException if one is none, or has no port and there is no other for it
   */
  static List<HostPort> read(String text, Settings settings, Environment environment) {
    List<HostPort> hosts = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      String host = each.strip();
      hosts.add(
          hasPort(host)
              ? HostPort.of(host, host.lastIndexOf(':')).orElseThrow(() -> wrong(host))
              : new HostPort(checked(host), ClientConfig.port(settings, environment)));
    }
    return List.copyOf(hosts);
  }

  /** Several colons without brackets are an IPv6 address alone. */
  private static boolean hasPort(String host) {
    int colon = host.indexOf(':');
    return host.startsWith("[")
        ? !host.endsWith("]")
        : colon >= 0 && colon == host.lastIndexOf(':');
  }

  private static String checked(String host) {
    String name = HostPort.withoutBrackets(host);
    if (name.isEmpty()) {
      throw wrong(host);
    }
    return name;
  }

  private static InvalidSettingException wrong(String host) {
    return new InvalidSettingException(
        "-h, --host: '" + host + "' is no host: give HOST or HOST:PORT, several with commas");
  }
}
