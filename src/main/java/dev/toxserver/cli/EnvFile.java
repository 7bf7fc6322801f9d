package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.UserVariables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of variables as {@code docker run --env-file} reads it: a line is {@code NAME=VALUE},
 * whose value is all that follows, or {@code NAME}, or a comment with {@code #} before it.
 */
final class EnvFile {
  private static final int MAX_BYTES = 256 * 1024;

  private EnvFile() {}

  /**
   * Adds its variables to those that are given. Blocks.
   *
   * @param here the user's variables
   * @param terminal is told which were left out, since they say where things are on this side
   * @throws InvalidSettingException if it can't be read, is longer than 256 KiB, or a line is none
   */
  static void read(
      Path file, Map<String, String> here, Map<String, String> given, Terminal terminal) {
    List<String> leftOut = new ArrayList<>();
    int number = 0;
    for (String line : text(file).split("\r?\n")) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String name = line.split("=", 2)[0];
      if (UserVariables.isOfPlace(name)) {
        leftOut.add(name);
      } else {
        EnvOptions.put(file + ", line " + number, line, here, given);
      }
    }
    if (!leftOut.isEmpty()) {
      terminal.say(
          "tox-server: --env-file left out %s: name with --env what is to go along"
              .formatted(String.join(", ", leftOut)));
    }
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidSettingException(
            "--env-file: " + file + " has more than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidSettingException("--env-file: " + file + " can't be read");
    }
  }
}
