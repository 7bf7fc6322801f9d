package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are left alone, and repeated. */
class RerunIT {
  @TempDir Path folder;

  @Test
  void aDetachedRunPrintsItsIdAlone() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "--detach", "run", "-e", "py")) {
      JsonObject run = server.next();
      assertThat(run.getString("address")).isEqualTo("tox.run");
      JsonObject body = run.getJsonObject("body");
      assertThat(body.getBoolean("detach")).isTrue();
      assertThat(body.getJsonArray("args")).containsExactly("-e", "py");
      server.reply(run, new JsonObject().put("id", body.getString("id")).put("state", "queued"));
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo(body.getString("id") + "\n");
      assertThat(client.err().size()).isZero();
      assertThat(server.sentNothing()).isTrue();
    }
  }

  @Test
  void aDetachedRerunIsOfTheLastRun() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "--detach", "rerun")) {
      JsonObject run = server.next();
      JsonObject body = run.getJsonObject("body");
      assertThat(body.getString("rerun")).isEqualTo("last");
      assertThat(body.getBoolean("detach")).isTrue();
      server.reply(run, new JsonObject().put("id", body.getString("id")).put("state", "running"));
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo(body.getString("id") + "\n");
    }
  }

  @Test
  void aRerunIsARunWithTheArgumentsOfAnother() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "rerun", "abc")) {
      JsonObject run = server.acceptRun();
      assertThat(run.getJsonObject("body").getString("rerun")).isEqualTo("abc");
      assertThat(run.getJsonObject("body").containsKey("args")).isFalse();
      server.output(run, 0, "again");
      server.exit(run, 1, 3);
      assertThat(client.exitCode()).isEqualTo(3);
      assertThat(client.out().text()).isEqualTo("again");
    }
  }

  @Test
  void aRerunOfWhatIsUnknownIsRefusedInOneLine() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "rerun", "gone")) {
      server.next();
      server.refuse(server.next(), 404, "no run has the id gone");
      // It may be a matrix's name.
      server.refuse(server.next(), 404, "no run has the id gone");
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).isEqualTo("no run has the id gone\n");
    }
  }
}
