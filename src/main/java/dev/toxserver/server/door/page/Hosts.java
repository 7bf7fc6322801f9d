package dev.toxserver.server.door.page;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts by which a browser may ask for the page. A page of somebody else's can have the name of
 * its own host stand for this machine (DNS rebinding), and would then be of the same origin; but it
 * can't make an address of its host, nor take a name that is known here.
 *
 * @param names in lower case; addresses need not be among them
 */
public record Hosts(Set<String> names) {
  /** Takes a copy. */
  public Hosts {
    names = Set.copyOf(names);
  }

  /**
   * Whether a request may name this host.
   *
   * @param host what its header Host says: a name or an address, perhaps with a port
   */
  public boolean accept(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return names.contains(name)
        || NetUtil.isValidIpV4Address(name)
        || name.startsWith("[") && name.endsWith("]") && NetUtil.isValidIpV6Address(name);
  }

  /**
   * Whether a request comes from a page of this server's own, or from no page.
   *
   * @param origin what its header Origin says, if it has one; a proxy may have taken the TLS off
   * @param host what its header Host says
   */
  public static boolean isOwn(Optional<String> origin, String host) {
    return origin.isEmpty()
        || origin.get().equalsIgnoreCase("http://" + host)
        || origin.get().equalsIgnoreCase("https://" + host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
