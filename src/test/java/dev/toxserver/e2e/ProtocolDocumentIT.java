package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import dev.toxserver.e2e.ProtocolDocument.Line;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/protocol.md is what other people's clients are written from: what it shows must be so. */
class ProtocolDocumentIT {
  private static final String ASK_FOR_ONE =
      "{\"type\": \"send\", \"address\": \"tox.run\", \"body\": {\"id\": \"one\", \"args\": []}}";

  private static final String OUTPUT = "tox.output.one";

  @TempDir Path folder;

  @Test
  void theWholeSessionInTheDocumentIsWhatAServerAnswers() throws Exception {
    ProtocolDocument document = new ProtocolDocument();
    String tox = Script.in(folder, document.script());
    Story written = new Story();
    Story told = new Story();
    try (Server server = Server.start(folder, "--queue-limit", "1", "--tox", tox);
        BridgeSocket socket = server.socket()) {
      for (Line line : document.session()) {
        if (line.fromClient()) {
          socket.send(line.text());
        } else if (line.isEnd()) {
          listenToTheEnd(socket, told);
        } else {
          written.add(new JsonObject(line.text()));
          listenUntilCovered(socket, told, written);
        }
      }
      assertThat(told.facts()).isEqualTo(written.facts());
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void theClientThatComesBackIsAnsweredAsTheDocumentSays() throws Exception {
    ProtocolDocument document = new ProtocolDocument();
    String tox = Script.in(folder, document.script());
    List<String> written = new ArrayList<>();
    List<String> told = new ArrayList<>();
    try (Server server = Server.start(folder, "--tox", tox);
        BridgeSocket socket = server.socket()) {
      for (Line line : document.late()) {
        if (line.fromClient()) {
          socket.send(line.text());
        } else {
          written.add(withoutWhatVaries(new JsonObject(line.text())));
          told.add(withoutWhatVaries(socket.next()));
        }
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void everyRefusalInTheDocumentIsWhatAServerAnswers() throws Exception {
    try (Server server = Server.start(folder)) {
      for (List<Line> refusal : new ProtocolDocument().refusals()) {
        checkRefusal(server, refusal);
      }
    }
  }

  @Test
  void anOnlookerGetsTheSameEventsAsTheClientThatAsked() throws Exception {
    String tox = Script.in(folder, "printf 'a\\000\\377'; printf b >&2; exit 3");
    try (Server server = Server.start(folder, "--tox", tox);
        BridgeSocket requester = server.socket();
        BridgeSocket onlooker = server.socket()) {
      requester.register("one");
      onlooker.register("one");
      requester.send(ASK_FOR_ONE);
      List<JsonObject> events = eventsUntilExit(requester);
      assertThat(events.get(events.size() - 1).getInteger("returncode")).isEqualTo(3);
      assertThat(eventsUntilExit(onlooker)).isEqualTo(events);
    }
  }

  @Test
  void aRunOutlivesItsOnlookersAndIsCancelledWithTheClientThatAsked() throws Exception {
    String tox = Script.in(folder, "trap 'exit 5' INT; echo up; while :; do sleep 0.02; done");
    try (Server server = Server.start(folder, "--reconnect-grace", "1", "--tox", tox);
        BridgeSocket requester = server.socket();
        BridgeSocket witness = server.socket();
        BridgeSocket leaving = server.socket()) {
      witness.register("one");
      leaving.register("one");
      requester.send(ASK_FOR_ONE);
      assertThat(witness.nextFrom(OUTPUT).getString("type")).isEqualTo("started");
      assertThat(witness.nextFrom(OUTPUT).getString("type")).isEqualTo("output");

      leaving.endSending();
      assertThat(leaving.isClosedByServer()).isTrue();
      // A cancel, if there was one, would be in the log before this is answered.
      assertThat(requester.isAnswered()).isTrue();
      assertThat(server.err().text()).doesNotContain("its client has gone");

      requester.endSending();
      JsonObject exit = eventsUntilExit(witness).get(0);
      assertThat(exit.getInteger("returncode")).isEqualTo(5);
      assertThat(exit.getBoolean("cancelled")).isTrue();
    }
  }

  @Test
  void noHeaderOfAClientIsLookedAt() throws Exception {
    String headers =
        "{\"token\": \"t\", \"timeout\": \"x\", \"localOnly\": \"x\", \"codecName\": \"x\"}";
    try (Server server = Server.start(folder);
        BridgeSocket socket = server.socket()) {
      for (String frame :
          List.of(
              "{\"type\": \"register\", \"address\": \"tox.output.a\", \"headers\": %s}",
              "{\"type\": \"unregister\", \"address\": \"tox.output.a\", \"headers\": %s}",
              "{\"type\": \"ping\", \"headers\": %s}")) {
        socket.send(frame.formatted(headers));
      }
      assertThat(socket.next().encode()).isEqualTo("{\"type\":\"pong\"}");
      socket.send(
          "{\"type\": \"send\", \"address\": \"tox.ping\", \"replyAddress\": \"r\", \"body\": {}, \"headers\": %s}"
              .formatted(headers));
      assertThat(socket.next().getJsonObject("body").getInteger("tasks")).isOne();
    }
  }

  /**
   * Clocks, ids and paths; which of two streams was read first; whether a quick run had ended
   * before.
   */
  private static String withoutWhatVaries(JsonObject frame) {
    return frame
        .encode()
        .replaceAll("\"(accepted|age|duration|next|pid)\":[0-9.]+", "\"$1\":0")
        .replaceAll("\"command\":\\[\"[^\"]*\"", "\"command\":[\"tox\"")
        .replaceAll("\"seq\":[12],\"type\":\"output\"", "\"type\":\"output\"")
        .replaceAll("\"state\":\"running\",\"from\"", "\"state\":\"failed\",\"from\"");
  }

  private static void checkRefusal(Server server, List<Line> refusal) throws IOException {
    boolean closes = false;
    try (BridgeSocket socket = server.socket()) {
      for (Line line : refusal) {
        closes = line.isEnd();
        if (line.fromClient()) {
          socket.send(line.text());
        } else if (!closes) {
          assertThat(socket.next()).as("%s", refusal).isEqualTo(new JsonObject(line.text()));
        }
      }
      assertThat(closes ? socket.isClosedByServer() : socket.isAnswered())
          .as("%s", refusal)
          .isTrue();
    }
  }

  /** Heartbeats go on and on, so that the socket's own deadline would never come. */
  private static void listenUntilCovered(BridgeSocket socket, Story told, Story written)
      throws IOException {
    long deadline = System.nanoTime() + Captured.DEADLINE.toNanos();
    try {
      while (!told.covers(written) && System.nanoTime() < deadline) {
        told.add(socket.next());
      }
    } catch (EOFException e) {
      // Fails below, with what is missing.
    }
    if (!told.covers(written)) {
      assertThat(told.facts()).isEqualTo(written.facts());
    }
  }

  private static void listenToTheEnd(BridgeSocket socket, Story told) throws IOException {
    try {
      while (true) {
        told.add(socket.next());
      }
    } catch (EOFException e) {
      // The server has left.
    }
  }

  private static List<JsonObject> eventsUntilExit(BridgeSocket socket) throws IOException {
    List<JsonObject> events = new ArrayList<>();
    do {
      events.add(socket.nextFrom(OUTPUT));
    } while (!events.get(events.size() - 1).getString("type").equals("exit"));
    return events;
  }
}
