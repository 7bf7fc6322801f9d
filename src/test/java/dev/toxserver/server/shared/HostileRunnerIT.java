package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.nats.NatsCluster;
import dev.toxserver.nats.NatsParty;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.HubReplyJson;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.TestFacts;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runner with the rights that conf/nats gives it, which would have hubs use theirs for it. */
@Timeout(120)
class HostileRunnerIT {
  private static final String DECISION =
      NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, "x.1.placed.1");
  private static final String OUTPUT = "tox.out.r2.x.p.0";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private NatsCluster nats;
  private SharedHub hub;
  private NatsParty other;
  private Connection runner;

  @BeforeEach
  void begin() throws Exception {
    nats = NatsCluster.startShipped(Files.createDirectory(folder.resolve("nats")), 1);
    hub = SharedHub.start(nats.config("hub"), "hub-1");
    other = new NatsParty(vertx, nats.config("hub"), "hub-2");
    other.await(() -> other.link().put(Stored.of(OUTPUT, Buffer.buffer("x"))));
    runner =
        Nats.connect(
            new Options.Builder()
                .server(nats.urls().get(0))
                .userInfo("r1", "r1")
                .inboxPrefix("_INBOX.r1.")
                .build());
  }

  @AfterEach
  void end() throws Exception {
    runner.close();
    vertx.close().await(30, TimeUnit.SECONDS);
    hub.close();
    nats.close();
  }

  @Test
  void aHubAcknowledgesTicketsAndNothingElseForARunner() throws Exception {
    HubReply reply = ask("claim", claim(DECISION));

    assertThat(isKept(NatsSubjects.stream(NatsSubjects.RUNS_BUCKET), DECISION)).isFalse();
    assertThat(reply).isInstanceOf(HubReply.Refused.class);
  }

  @Test
  void aHubAnswersARunnerInItsOwnInboxAndNowhereElse() throws Exception {
    byte[] question = claim("$JS.ACK.TOX_WORK.any.1.1.1.1.0").toBuffer().getBytes();
    runner.publish("tox.hub.claim.r1", "$JS.API.STREAM.PURGE.TOX_OUT", question);
    runner.publish("tox.hub.claim.r1", DECISION, question);

    ask("claim", claim("$JS.ACK.TOX_WORK.any.1.1.1.1.0"));

    assertThat(isKept(NatsSubjects.OUTPUT_STREAM, OUTPUT)).isTrue();
    assertThat(isKept(NatsSubjects.stream(NatsSubjects.RUNS_BUCKET), DECISION)).isFalse();
  }

  @Test
  void aHubPutsNoLineOfARunnerIntoWhatItSays() throws Exception {
    String line = "x 0\r\n\r\nPUB " + DECISION + " 1\r\nx\r\n";

    HubReply claimed = ask("claim", claim("$JS.ACK.TOX_WORK." + line));
    HubReply trimmed =
        ask(
            "trim",
            new JsonObject().put("run", "x").put("placement", line).put("from", 0).put("below", 1));

    assertThat(isKept(NatsSubjects.stream(NatsSubjects.RUNS_BUCKET), DECISION)).isFalse();
    assertThat(claimed).isInstanceOf(HubReply.Refused.class);
    assertThat(trimmed).isInstanceOf(HubReply.Refused.class);
  }

  @Test
  void aHubMakesNoRunThatARunnerInvents() throws Exception {
    HubReply reply = ask("claim", claim("$JS.ACK.TOX_WORK.any.1.1.1.1.0"));

    assertThat(reply).isInstanceOf(HubReply.Gone.class);
    assertThat(hub.find("x")).isEmpty();
  }

  @Test
  void theTicketOfOneRunMakesNoOther() throws Exception {
    hub.ask(PullingRunner.run("y", Labels.NONE, "exit 0"), false);

    HubReply invented = ask("claim", claim("$JS.ACK.TOX_WORK.any.1.1.1.1.0"));
    HubReply guessed =
        ask("claim", claim("$JS.ACK.TOX_WORK.any.1.1.1.1.0").put("run", "y").put("nonce", "n1"));

    assertThat(List.of(invented, guessed))
        .allMatch(reply -> reply.toString().contains("the ticket of another run"));
    assertThat(hub.find("x")).isEmpty();
    assertThat(hub.find("y")).isEmpty();
    assertThat(hub.tickets()).as("y's ticket is still there").isOne();
  }

  /** Of a run that nobody has asked for; hubs have believed {@code asked} before. */
  private static JsonObject claim(String ack) {
    Fact.Asked asked = TestFacts.asked("x");
    JsonObject told =
        FactJson.encode(asked).put("nonce", "n1").put("millis", System.currentTimeMillis());
    return new JsonObject()
        .put("session", "s")
        .put("run", "x")
        .put("generation", 1)
        .put("nonce", "n1")
        .put("asked", told)
        .put("gone", 40_000)
        .put("ack", ack);
  }

  private HubReply ask(String what, JsonObject body) throws Exception {
    Message answer =
        runner.request(
            "tox.hub." + what + ".r1", body.toBuffer().getBytes(), Duration.ofSeconds(10));
    assertThat(answer).as("an answer").isNotNull();
    return HubReplyJson.decode(new JsonObject(Buffer.buffer(answer.getData())));
  }

  private boolean isKept(String stream, String subject) throws Exception {
    return other.await(() -> other.link().get(stream, subject)).isPresent();
  }
}
