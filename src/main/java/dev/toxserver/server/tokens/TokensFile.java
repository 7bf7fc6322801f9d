package dev.toxserver.server.tokens;

import dev.toxserver.config.OwnFiles;
import dev.toxserver.protocol.MalformedException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where a server keeps its narrow tokens: tokens.json in its state folder, which is its user's
 * alone, as the file is. All of it blocks.
 */
final class TokensFile {
  /** The longest that it can be; a list of them all has to fit into a frame of 1 MiB, too. */
  static final int MAX_BYTES = 768 * 1024;

  private static final String NAME = "tokens.json";

  private final Path folder;

  TokensFile(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads them; none if there is no such file.
   *
   * @throws IOException if it can't be read, or is not as a server writes it
   */
  List<NarrowToken> read() throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    // To open a pipe would wait for ever.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no regular file");
    }
    try (InputStream in =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return decode(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
    } catch (DecodeException | MalformedException | ClassCastException e) {
      throw new IOException(file + " is damaged", e);
    }
  }

  /** Writes them in place of those that are there, whole or not at all. */
  void write(String text) throws IOException {
    OwnFiles.takeFolder(folder);
    Path draft = folder.resolve(NAME + ".new");
    Files.deleteIfExists(draft);
    OwnFiles.create(draft, text);
    Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  static String encode(Collection<JsonObject> tokens) {
    JsonArray array = new JsonArray();
    tokens.forEach(array::add);
    return new JsonObject().put("tokens", array).encode();
  }

  private static List<NarrowToken> decode(String text) {
    List<NarrowToken> tokens = new ArrayList<>();
    for (Object each : new JsonObject(text).getJsonArray("tokens", new JsonArray())) {
      tokens.add(NarrowToken.decode(each));
    }
    return tokens;
  }
}
