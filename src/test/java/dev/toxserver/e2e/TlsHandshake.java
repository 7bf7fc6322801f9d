package dev.toxserver.e2e;

import java.util.ArrayList;
import java.util.List;

/** Connects with {@code openssl s_client}, and tells what that has seen. */
final class TlsHandshake {
  private TlsHandshake() {}

  /** Everything that it printed: the server's certificate, the version, errors. */
  static String with(int port, String ca, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-nameopt", "RFC2253", "-CAfile", ca));
    command.addAll(List.of("-connect", "127.0.0.1:" + port));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Captured output = new Captured(process.getInputStream());
    output.awaitEnd();
    return output.text();
  }
}
