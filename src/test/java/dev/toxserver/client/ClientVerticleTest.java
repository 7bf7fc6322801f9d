package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.toxserver.ClientConfigs;
import dev.toxserver.Peer;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The client as it is deployed, over a real socket: what comes from other threads finds its way.
 */
class ClientVerticleTest {
  private final Vertx vertx = Engine.get();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Peer server;

  @BeforeEach
  void listen() throws IOException {
    server = new Peer();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    server.close();
  }

  @Test
  void aRunIsCarriedOutToItsEnd() throws Exception {
    ClientVerticle client = deploy(out);
    server.send(event(new RunEvent.Output(0, Stream.STDOUT, new byte[] {'x'})));
    server.send(event(new RunEvent.Exit(1, 7, false, Optional.empty())));
    assertThat(await(client.outcome())).isInstanceOf(Outcome.Exited.class);
    assertThat(out).as("all output is written by then").hasToString("x");
  }

  @Test
  void anInterruptAsksTheServerToCancelAndASecondOneLeaves() throws Exception {
    ClientVerticle client = deploy(out);
    client.interrupt();
    assertThat(server.next().getString("address")).isEqualTo("tox.cancel");
    client.interrupt();
    assertThat(await(client.outcome())).isEqualTo(new Outcome.Interrupted());
  }

  @Test
  void aSignalCancelsTheRunAndEndsTheClient() throws Exception {
    ClientVerticle client = deploy(out);
    client.terminate(15);
    answerCancel();
    assertThat(await(client.outcome())).isEqualTo(new Outcome.Terminated(15));
  }

  @Test
  void anOutputThatNobodyReadsCancelsTheRunAndEndsTheClient() throws Exception {
    IOException broken = new IOException("broken pipe");
    ClientVerticle client =
        deploy(
            new OutputStream() {
              @Override
              public void write(int each) throws IOException {
                throw broken;
              }
            });
    server.send(event(new RunEvent.Output(0, Stream.STDOUT, new byte[] {'x'})));
    answerCancel();
    assertThat(await(client.outcome())).isEqualTo(new Outcome.OutputClosed(broken));
  }

  @Test
  void nothingIsKeptOfARunThatIsFollowedByAnotherInTheSameTerminal() throws Exception {
    Terminal terminal = terminal(out);
    WeakReference<ClientVerticle> first = ended(terminal);
    WeakReference<ClientVerticle> second = ended(terminal);
    deploy(terminal);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return first.get() == null && second.get() == null;
            });
  }

  @Test
  void aHostWithoutAnAddressIsNoMatterBeforeItConnects() {
    ClientVerticle client =
        new ClientVerticle(
            ClientConfigs.at("no-such-host.invalid", 1),
            Scene.PING,
            terminal(out),
            Optional.empty());
    assertThatCode(client::prepare).doesNotThrowAnyException();
  }

  /** A run that has ended, and whose client has been put away. */
  private WeakReference<ClientVerticle> ended(Terminal terminal) throws Exception {
    ClientVerticle client = deploy(terminal);
    server.send(event(new RunEvent.Exit(0, 0, false, Optional.empty())));
    await(client.outcome());
    await(vertx.undeploy(client.deploymentID()));
    server.hangUp();
    return new WeakReference<>(client);
  }

  private ClientVerticle deploy(OutputStream target) throws Exception {
    return deploy(terminal(target));
  }

  /** A client whose request for a run has arrived. */
  private ClientVerticle deploy(Terminal terminal) throws Exception {
    ClientVerticle client =
        new ClientVerticle(
            ClientConfigs.at("127.0.0.1", server.port()), Scene.RUN, terminal, Optional.empty());
    client.prepare();
    await(vertx.deployVerticle(client));
    server.accept();
    assertThat(server.next().getString("type")).isEqualTo("register");
    assertThat(server.next().getString("address")).isEqualTo("tox.run");
    return client;
  }

  private void answerCancel() throws IOException {
    JsonObject cancel = server.next();
    assertThat(cancel.getString("address")).isEqualTo("tox.cancel");
    server.send(
        new JsonObject()
            .put("type", "message")
            .put("address", cancel.getString("replyAddress"))
            .put("body", new JsonObject().put("cancelled", 1)));
  }

  private static byte[] event(RunEvent event) {
    return Frames.event(Scene.ID, RunEventJson.encode(event)).getBytes();
  }

  private static Terminal terminal(OutputStream out) {
    return new Terminal(
        new StandardStream("out", out),
        new StandardStream("err", OutputStream.nullOutputStream()),
        false,
        false);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
