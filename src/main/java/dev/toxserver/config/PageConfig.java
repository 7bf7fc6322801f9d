package dev.toxserver.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the page for browsers is served.
 *
 * @param port 0 for any free one
 * @param hosts the names by which a browser may ask for it, in lower case, those first that the
 *     user has given; by an address of the server's it may in any case
 */
public record PageConfig(int port, List<String> hosts) {
  /** Takes a copy. */
  public PageConfig {
    hosts = List.copyOf(hosts);
  }

  /** Reads it from the settings; empty if no page is served. */
  static Optional<PageConfig> from(Settings settings) {
    return settings.optionalPort(Setting.HTTP).map(port -> new PageConfig(port, hosts(settings)));
  }

  private static List<String> hosts(Settings settings) {
    List<String> hosts = new ArrayList<>();
    for (String name : settings.optionalText(Setting.HTTP_HOST).orElse("").split(",")) {
      if (!name.isBlank()) {
        hosts.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    hosts.add("localhost");
    hosts.add(settings.text(Setting.BIND_HOST).toLowerCase(Locale.ROOT));
    // Nobody reaches a machine by a name that it does not know itself.
    ThisHost.name().ifPresent(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    return hosts;
  }
}
