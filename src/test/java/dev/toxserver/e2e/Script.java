package dev.toxserver.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script that stands for tox. */
final class Script {
  private Script() {}

  /** Writes it into a folder and returns its path, as {@code serve --tox} wants it. */
  static String in(Path folder, String body) throws IOException {
    Path file = folder.resolve("fake-tox");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
