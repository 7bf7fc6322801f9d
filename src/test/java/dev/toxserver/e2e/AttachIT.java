package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are come back to, looked at and ended by whoever names them. */
class AttachIT {
  private static final JsonObject RUN =
      new JsonObject().put("body", new JsonObject().put("id", "abc"));

  @TempDir Path folder;

  @Test
  void anAttachShowsTheRunFromItsFirstByteAndLeavesWithItsCode() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "attach")) {
      JsonObject body = server.acceptAttach("abc", 0).getJsonObject("body");
      assertThat(body.encode()).isEqualTo("{\"id\":\"last\",\"follow\":true,\"from\":0}");
      server.output(RUN, 0, "all of it");
      server.exit(RUN, 1, 4);
      assertThat(client.exitCode()).isEqualTo(4);
      assertThat(client.out().text()).isEqualTo("all of it");
      assertThat(client.err().text()).isEqualTo("[FAIL] failed\n");
    }
  }

  @Test
  void anAttachFromNowTakesWhateverComesFirst() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "attach", "abc", "--from-now")) {
      JsonObject body = server.next().getJsonObject("body");
      assertThat(body.encode()).isEqualTo("{\"id\":\"abc\",\"follow\":true}");
      server.output(RUN, 41, "end");
      server.exit(RUN, 42, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("end");
    }
  }

  @Test
  void anAttachGoesOnWithTheSameRunAfterACutThoughAnotherIsTheLastNow() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "attach")) {
      server.acceptAttach("abc", 0);
      server.output(RUN, 0, "one ");
      client.out().awaitText("one ");
      server.hangUp();
      JsonObject body = server.acceptAttach("abc", 1).getJsonObject("body");
      assertThat(body.encode()).isEqualTo("{\"id\":\"abc\",\"follow\":true,\"from\":1}");
      server.output(RUN, 1, "two");
      server.exit(RUN, 2, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("one two");
    }
  }

  @Test
  void anInterruptLeavesSomebodyElsesRunAlone() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "attach")) {
      server.acceptAttach("abc", 0);
      server.output(RUN, 0, "up");
      client.out().awaitText("up");
      client.signal("INT");
      assertThat(client.exitCode()).isEqualTo(3);
      assertThat(client.err().text())
          .isEqualTo("Left run abc alone: it goes on. 'tox-server attach abc' comes back to it.\n");
      assertThat(server.sentNothing()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"attach", "logs", "status", "cancel"})
  void aRunThatIsUnknownIsTheServersError(String command) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, command, "abc")) {
      server.refuse(server.next(), 404, "no run has the id abc");
      if (List.of("attach", "logs").contains(command)) {
        // It may be a matrix's name.
        server.refuse(server.next(), 404, "no run has the id abc");
      }
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).isEqualTo("no run has the id abc\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "attach"})
  void aRunWithWhichTheServerDiedHasNoResult(String command) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, command)) {
      JsonObject run = command.equals("run") ? server.acceptRun() : RUN;
      if (command.equals("attach")) {
        server.acceptAttach("abc", 0);
      }
      server.event(run, new JsonObject().put("type", "lost"));
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text())
          .isEqualTo("the run's result is unknown: the server died during the run\n");
    }
  }

  @Test
  void whatIsNoLongerKeptIsToldOfAndPassedOver() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "attach")) {
      server.acceptAttach("abc", 0);
      server.event(RUN, new JsonObject().put("type", "hole").put("from", 0).put("to", 9));
      server.output(RUN, 9, "late");
      server.event(RUN, new JsonObject().put("type", "notice").put("message", "The disk is full."));
      server.exit(RUN, 10, 0);
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("late");
      assertThat(client.err().text())
          .isEqualTo(
              "tox-server: some output is missing here: the server keeps only the last part of a long one\n"
                  + "tox-server: The disk is full.\n[DONE] passed\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"attach,exit,0,1", "attach,exit,4,4", "logs,exit,4,1", "logs,end,0,1"})
  void whatShouldHaveBeenKeptAndIsMissingIsToldByTheExitCodeToo(
      String command, String last, int returncode, int code) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, command, "abc")) {
      server.acceptAttach("abc", 0);
      server.event(
          RUN,
          new JsonObject()
              .put("type", "hole")
              .put("from", 0)
              .put("to", 9)
              .put("reason", "no room"));
      server.output(RUN, 9, "late");
      server.event(
          RUN, new JsonObject().put("type", last).put("seq", 10).put("returncode", returncode));
      assertThat(client.exitCode()).isEqualTo(code);
      assertThat(client.out().text()).isEqualTo("late");
      assertThat(client.err().text())
          .startsWith("tox-server: some output is missing here: no room\n");
      if (code == 1) {
        assertThat(client.err().text()).endsWith("Some of the run's output is missing.\n");
      }
    }
  }

  @Test
  void logsOfARunWhoseServerDiedSayThatTheLastMayBeMissing() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "logs")) {
      server.acceptAttach("abc", 0);
      server.output(RUN, 0, "some");
      server.event(RUN, new JsonObject().put("type", "lost"));
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.out().text()).isEqualTo("some");
      assertThat(client.err().text())
          .isEqualTo("the server died during the run; the last of its output may be missing\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"exit", "end"})
  void logsPrintWhatIsThereAndSayNothingOfTheResult(String last) throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "logs")) {
      JsonObject body = server.acceptAttach("abc", 0).getJsonObject("body");
      assertThat(body.encode()).isEqualTo("{\"id\":\"last\",\"follow\":false,\"from\":0}");
      server.output(RUN, 0, "some");
      server.event(RUN, new JsonObject().put("type", last).put("seq", 1).put("returncode", 5));
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("some");
      assertThat(client.err().size()).isZero();
    }
  }

  @Test
  void aCancelOfOneRunNamesIt() throws Exception {
    try (FakeServer server = new FakeServer();
        JarProcess client = server.client(folder, "cancel", "abc")) {
      JsonObject cancel = server.next();
      assertThat(cancel.getJsonObject("body").encode()).isEqualTo("{\"id\":\"abc\"}");
      server.reply(cancel, new JsonObject().put("cancelled", 0));
      assertThat(client.exitCode()).isZero();
      assertThat(client.out().text()).isEqualTo("{\"cancelled\": 0}\n");
    }
  }
}
