package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page in a browser can make it post to any port of its own machine, with a body it chooses. */
@Timeout(60)
class BrowserIT {
  private static final String BODY =
      "\0\0\0\u0048{\"type\":\"send\",\"address\":\"tox.run\",\"body\":{\"id\":\"a\",\"args\":[\"posted\"]}}";

  @TempDir Path folder;

  @Test
  void aPostGetsNothingButAClosedConnectionAndStartsNothing() throws Exception {
    String tox = Script.in(folder, "touch started");
    try (Server server = Server.start(folder, "--tox", tox);
        Socket browser = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      browser.setSoTimeout(30_000);
      String post =
          "POST / HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(server.port(), BODY.length(), BODY);
      browser.getOutputStream().write(post.getBytes(StandardCharsets.ISO_8859_1));

      assertThat(read(browser)).isEqualTo(-1);
      server.err().awaitText("speaks another protocol");
      try (JarProcess ping = server.client("ping")) {
        assertThat(ping.exitCode()).isZero();
      }
      assertThat(folder.resolve("started")).doesNotExist();
      assertThat(server.err().text()).doesNotContain("accepted");
    }
  }

  private static int read(Socket socket) throws java.io.IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException e) {
      // Reset, for the server had not read all.
      return -1;
    }
  }
}
