package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of somebody else's, in the user's own browser, on the user's own machine. */
@Timeout(120)
class BrowserOriginIT {
  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir static Path folder;
  private static Server server;
  private static HttpServer foreign;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(folder, "--http", "0", "--no-auth", "--tox", Script.in(folder, "true"));
    foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page = "<title>foreign</title>".getBytes(StandardCharsets.UTF_8);
    foreign.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    foreign.start();
  }

  @AfterAll
  static void end() {
    foreign.stop(0);
    server.close();
  }

  @Test
  void aNameThatWasReboundToThisMachineIsRefused() {
    Tab tab = BROWSER.open("http://%s:%d/".formatted(Browser.FOREIGN, server.httpPort()));

    tab.awaitText("This server is not known by that name");
    assertThat(webSocket(tab, Browser.FOREIGN, server.httpPort(), "posted")).isEqualTo("closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", Browser.FOREIGN})
  void anothersPageOpensNoWebSocketAndReadsNothingAndStartsNothing(String name) throws Exception {
    Tab tab = BROWSER.open("http://%s:%d/".formatted(name, foreign.getAddress().getPort()));

    for (String host : new String[] {"localhost", "127.0.0.1", Browser.FOREIGN}) {
      assertThat(webSocket(tab, host, server.httpPort(), "posted")).isEqualTo("closed");
      assertThat(request(tab, host, server.httpPort(), "GET", "cors"))
          .asString()
          .startsWith("TypeError");
      for (int port : new int[] {server.httpPort(), server.port()}) {
        request(tab, host, port, "POST", "no-cors");
      }
    }
    try (JarProcess ping = server.client("ping")) {
      assertThat(ping.exitCode()).isZero();
    }
    assertThat(server.err().text()).doesNotContain("posted");
  }

  @Test
  void itsOwnPageOpensOne() {
    Tab tab = BROWSER.open("http://127.0.0.1:%d/health".formatted(server.httpPort()));

    assertThat(webSocket(tab, "127.0.0.1", server.httpPort(), "own")).isEqualTo("open");
    server.err().awaitText("run own: accepted");
  }

  @Test
  void noPageCanHaveItInAFrame() {
    Tab tab = BROWSER.open("http://localhost:%d/".formatted(foreign.getAddress().getPort()));
    tab.script(
        """
        const frame = document.createElement('iframe');
        frame.src = arguments[0];
        const loaded = new Promise((loaded) => (frame.onload = loaded));
        document.body.append(frame);
        await loaded;
        """,
        "http://127.0.0.1:%d/health".formatted(server.httpPort()));

    tab.enterFrame();
    assertThat(tab.text()).doesNotContain("serving");
  }

  /** What becomes of one that the page opens, and that asks for a run if it can. */
  private static Object webSocket(Tab tab, String host, int port, String run) {
    return tab.script(
        """
        const [url, id] = arguments;
        const socket = new WebSocket(url);
        return await new Promise((told) => {
          socket.onclose = () => told('closed');
          socket.onopen = () => {
            const body = { id: id, args: [] };
            socket.send(JSON.stringify({ type: 'send', address: 'tox.run', body }));
            told('open');
          };
        });
        """,
        "ws://%s:%d/bus".formatted(host, port),
        run);
  }

  private static Object request(Tab tab, String host, int port, String method, String mode) {
    return tab.script(
        """
        const [url, method, mode] = arguments;
        const run = '{"type":"send","address":"tox.run","body":{"id":"posted","args":["posted"]}}';
        const body = method === 'POST' ? new Blob(['\\0\\0\\0', String.fromCharCode(run.length), run]) : null;
        return await fetch(url, { method, mode, body }).then((answer) => answer.text(), String);
        """,
        "http://%s:%d/bus".formatted(host, port),
        method,
        mode);
  }
}
