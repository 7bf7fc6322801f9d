package dev.toxserver.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The file .tox-server/server.json, by which clients that stand in the project find the server: the
 * server's side of a {@link Landmark}. It is there as long as the server listens.
 */
public final class LandmarkFile {
  static final String NAME = "server.json";

  private final Path project;
  private final JsonObject content;

  /**
   * That of a server, which is yet to be written.
   *
   * @param project the folder that is served
   * @param tls whether the server speaks TLS
   */
  LandmarkFile(Path project, boolean tls) {
    this.project = project;
    content =
        new JsonObject()
            .put("id", UUID.randomUUID().toString())
            .put("root", project.toString())
            .put("tls", tls);
  }

  /**
   * Writes it, in place of another server's: the one that came last is found. Blocks.
   *
   * @param port where the server listens; not above 0 with a socket
   */
  public void publish(int port) throws IOException {
    if (port > 0) {
      content.put("port", port);
    }
    ProjectFolder folder = ProjectFolder.obtain(project);
    Path draft = folder.create(NAME + "." + UUID.randomUUID() + ".new", text());
    Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes it away again, unless another server has put its own there. Blocks. */
  public void withdraw() throws IOException {
    OwnFiles.deleteIfItHolds(ProjectFolder.in(project, NAME), text());
  }

  private String text() {
    return content.encode() + "\n";
  }
}
