package dev.toxserver.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The scripts that lie beside this class, for {@code sh -c}. */
final class ShellScript {
  private ShellScript() {}

  static String read(String name) throws IOException {
    try (InputStream in = ShellScript.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
