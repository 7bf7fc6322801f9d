package dev.toxserver.config;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a client learns of a server that serves the folder in which it stands, or one above: the
 * file that the server leaves there ({@link LandmarkFile}). Where both sides see the same files, it
 * gives the client's own folder its meaning over there.
 */
public final class Landmark {
  private static final int ROOT = 0;

  private final Path file;

  private Landmark(Path file) {
    this.file = file;
  }

  private record Content(Optional<Integer> port, Optional<String> root) {}

  /** The one that a client goes by, unless the user wants none. Reads nothing of it yet. */
  public static Optional<Landmark> of(Settings settings, Environment environment) {
    return settings.on(Setting.LANDMARK) ? nearest(environment.folder()) : Optional.empty();
  }

  /**
   * Where tox starts, relative to the folder that is served: where the user says, else where the
   * client stands. Nothing for the folder that is served.
   */
  public static Optional<String> startFolder(Settings settings, Environment environment) {
    return settings
        .optionalText(Setting.FOLDER)
        .or(() -> of(settings, environment).flatMap(found -> found.nameOf(environment.folder())));
  }

  /** The nearest one, from a folder upwards. Reads nothing of it yet. */
  static Optional<Landmark> nearest(Path folder) {
    return ProjectFolder.nearest(folder, LandmarkFile.NAME).map(Landmark::new);
  }

  /** What a folder below it is called, relative to the one that is served; nothing for that one. */
  Optional<String> nameOf(Path folder) {
    String name = folder().relativize(folder).toString();
    return Optional.of(name).filter(text -> !text.isEmpty());
  }

  /** The folder that is served, as it is called on this side. */
  public Path folder() {
    return file.getParent().getParent();
  }

  /**
   * The same folder, as the server calls it; none if the file is not as a server writes it. Reads
   * the file.
   */
  public Optional<String> root() {
    try {
      return read().root();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The port of the server, on the client's host; none if it listens at a socket. Reads the file.
   *
   * @throws InvalidSettingException if another user could have written it: whoever makes a file in
   *     a folder that is open to all could have everybody's commands sent to a port of theirs
   */
  Optional<Integer> port() {
    try {
      if (!isOwn()) {
        throw new InvalidSettingException(
            "the port in " + file + " is another user's: give it with -p to trust it");
      }
      return read().port();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new InvalidSettingException(
          file + " is not as a server writes it: delete it, or give -p");
    }
  }

  private Content read() throws IOException {
    Optional<Integer> port = Optional.empty();
    Optional<String> root = Optional.empty();
    try (JsonReader reader = new JsonReader(new StringReader(Token.beginningOf(file)))) {
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "port" -> port = Optional.of(reader.nextInt());
          case "root" -> root = Optional.of(reader.nextString());
          default -> reader.skipValue();
        }
      }
    }
    if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
      throw new NumberFormatException();
    }
    return new Content(port, root);
  }

  /** Whether it is this user's or root's, who need no trick. */
  private boolean isOwn() throws IOException {
    return Files.getAttribute(file, "unix:uid").equals(ROOT) || OwnFiles.isOwn(file);
  }
}
