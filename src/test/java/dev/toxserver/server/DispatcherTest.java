package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.server.runners.Roster;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DispatcherTest {
  private final Run run = new Run(new Request.Run(new RunId("a"), List.of(), Optional.empty()));

  /** One that was cancelled while it waited has neither, for a moment. */
  @Test
  void whatComesLateForARunWithoutARunnerIsPassedOver(Vertx vertx) {
    Dispatcher dispatcher = new Dispatcher(vertx);
    assertThatCode(
            () -> {
              dispatcher.acknowledge(run, 1, Optional.empty());
              dispatcher.resize(run, new TerminalSize(80, 24));
              dispatcher.end(run);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theFormerRunnerOfARunThatWaitsAgainIsToldNothing(Vertx vertx) throws Exception {
    Roster roster = new Roster("test");
    roster.addLocal(1, Labels.NONE);
    RunQueue queue = new RunQueue(new ServerConfig.Places(1, 1, 0), roster);
    queue.add(run);
    queue.startNext();
    String address = run.runner().orElseThrow().addresses().acknowledge();
    BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(address, message -> told.add(message.body().getLong("seq")));

    queue.putBack(run);
    new Dispatcher(vertx).acknowledge(run, 1, Optional.empty());
    queue.startNext();
    new Dispatcher(vertx).acknowledge(run, 2, Optional.empty());

    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
  }
}
