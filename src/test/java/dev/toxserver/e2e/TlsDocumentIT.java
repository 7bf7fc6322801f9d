package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/security.md: whoever types its commands gets mutual TLS. */
class TlsDocumentIT {
  private static final Pattern FIRST_COMMANDS =
      Pattern.compile("```sh\n(openssl .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void itsThreeCommandsMakeAllThatMutualTlsNeeds() throws Exception {
    Matcher matcher = FIRST_COMMANDS.matcher(Files.readString(Path.of("docs", "security.md")));
    assertThat(matcher.find()).isTrue();
    typed(matcher.group(1));

    String tox = Script.in(folder, "echo here");
    try (Server server =
            Server.start(
                folder,
                words("--tls-cert server.pem --tls-key server.key --tls-ca ca.pem --tox " + tox));
        JarProcess client =
            server.client(
                words("--tls-ca ca.pem --tls-cert client.pem --tls-key client.key run"))) {
      assertThat(client.exitCode()).as(client.err().text()).isZero();
      assertThat(client.out().text()).isEqualTo("here\n");
    }
  }

  private void typed(String commands) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-ec", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    Captured output = new Captured(shell.getInputStream());
    output.awaitEnd();
    assertThat(shell.waitFor()).as(output.text()).isZero();
  }

  private static String[] words(String line) {
    return line.split(" ");
  }
}
