package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.e2e.Certificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Java's own TLS is out of the way: a matter of a whole process, so each test has its own. */
class JavaTlsTest {
  @TempDir Path folder;

  @Test
  void settingsThatAreReadWhileItIsAsideHaveItBack() throws Exception {
    assertThat(process("aside")).isEqualTo("read, in the way");
  }

  @Test
  void itIsNotSetAsideUnderThoseWhoRelyOnIt() throws Exception {
    assertThat(process("in use")).isEqualTo("read, in the way");
  }

  private String process(String scene) throws Exception {
    Certificates certificates = new Certificates(folder);
    Process process =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Client.class.getName(),
                    scene,
                    certificates.file("ca.pem")))
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader()) {
      return String.join("\n", out.lines().toList());
    }
  }

  /** A client that reads its settings twice, as one does that answers calls. */
  static final class Client {
    private Client() {}

    /** Says what came of it. */
    public static void main(String[] args) {
      if (args[0].equals("aside")) {
        JavaTls.setAside();
      }
      Settings settings = new Settings(Map.of(Setting.TLS_CA, args[1]), Map.of(), Map.of());
      Tls.ofClient(settings, Map.of());
      JavaTls.setAside();
      System.out.print("read, " + (JavaTls.isAside() ? "out of the way" : "in the way"));
    }
  }
}
