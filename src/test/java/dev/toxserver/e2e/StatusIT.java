package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What status prints of the server's answer. */
class StatusIT {
  @TempDir Path folder;

  @Test
  void theStatusIsATable() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "status")) {
      JsonObject status = server.next();
      assertThat(status.getString("address")).isEqualTo("tox.status");
      assertThat(status.getJsonObject("body").encode()).isEqualTo("{}");
      server.reply(status, runs());
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text())
          .isEqualTo(
              """
              ID   STATE               AGE    DURATION  USUAL  EXIT  ARGS
              abc  running (detached)  1m05s  -         -      -     -k 'not slow'
              """);
    }
  }

  @Test
  void theStatusAsJsonIsTheServersAnswer() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "status", "abc", "--json")) {
      JsonObject status = server.next();
      assertThat(status.getJsonObject("body").encode()).isEqualTo("{\"id\":\"abc\"}");
      server.reply(status, runs());
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).hasLineCount(1).contains("\"accepted\": 1587962661.826");
      assertThat(new JsonObject(client.out().text())).isEqualTo(runs());
    }
  }

  private static JsonObject runs() {
    return new JsonObject()
        .put(
            "runs",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", "abc")
                        .put("args", new JsonArray().add("-k").add("not slow"))
                        .put("state", "running")
                        .put("detached", true)
                        .put("accepted", 1587962661.826)
                        .put("age", 65.2)))
        .put("complete", true);
  }
}
