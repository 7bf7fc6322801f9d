package dev.toxserver.server.door.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A file of the page's, out of the jar. There are no others: what a request names is looked up in
 * this list, and never in a folder.
 *
 * @param name the file's, and its path at the server after the slash
 */
public record Asset(String name) {
  private static final String FOLDER = "/page/";

  private static final String INDEX = "index.html";

  /** Every file that the jar has in its folder {@code page}. */
  static final List<String> NAMES =
      List.of(
          "about.js",
          "actions.js",
          "addon-fit.mjs",
          "backlog.js",
          "bus.js",
          "buttons.js",
          "chart.js",
          "connection.js",
          "dom.js",
          "entrance.js",
          "focus.js",
          "follower.js",
          "grid.js",
          "icon.svg",
          INDEX,
          "keys.js",
          "list.js",
          "main.js",
          "matrix.js",
          "poll.js",
          "results.js",
          "route.js",
          "row.js",
          "run.js",
          "runs.js",
          "session.js",
          "style.css",
          "terminal.js",
          "text.js",
          "theme.js",
          "told.js",
          "xterm.css",
          "xterm.mjs");

  /** What a request asks for by its path. */
  public static Optional<Asset> at(String path) {
    String wanted = path.equals("/") ? "/" + INDEX : path;
    return NAMES.stream().filter(name -> wanted.equals("/" + name)).findFirst().map(Asset::new);
  }

  /** What a browser has to take it for, for it is told not to guess. */
  public String type() {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no type for " + name);
    };
  }

  /** Its bytes. Blocks. */
  public byte[] read() throws IOException {
    try (InputStream in = Asset.class.getResourceAsStream(FOLDER + name)) {
      return in.readAllBytes();
    }
  }
}
