package dev.toxserver.e2e;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server says that its page is.
 *
 * @param url all of it
 * @param token lets in once; empty where no token is wanted
 */
record PageAddress(String url, int port, String token) {
  private static final Pattern PRINTED =
      Pattern.compile("The page is at (https?://[^\\s]+?:(\\d+)/(?:#token=(\\w+))?)\\n");

  /** The first that it has printed. */
  static PageAddress of(Server server) {
    server.err().awaitText("The page is at ");
    Matcher printed = PRINTED.matcher(server.err().text());
    if (!printed.find()) {
      throw new AssertionError(server.err().text());
    }
    String token = printed.group(3) == null ? "" : printed.group(3);
    return new PageAddress(printed.group(1), Integer.parseInt(printed.group(2)), token);
  }
}
