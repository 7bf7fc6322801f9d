package dev.toxserver.server.door.page;

import java.util.Map;

/** What a browser is told with every answer. */
public final class Headers {
  /**
   * Scripts and connections of this server's alone; xterm.js makes styles while it runs. Nobody may
   * show the page in a frame, where others could lead a user's clicks.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Their names and values. */
  public static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private Headers() {}
}
