package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TerminalSize;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DispatcherTest {

  /** One that was cancelled while it waited has neither, for a moment. */
  @Test
  void whatComesLateForARunWithoutARunnerIsPassedOver(Vertx vertx) {
    Dispatcher dispatcher = new Dispatcher(vertx);
    Run run = new Run(new Request.Run(new RunId("a"), List.of(), Optional.empty()));
    assertThatCode(
            () -> {
              dispatcher.acknowledge(run, 1);
              dispatcher.resize(run, new TerminalSize(80, 24));
              dispatcher.end(run);
            })
        .doesNotThrowAnyException();
  }
}
