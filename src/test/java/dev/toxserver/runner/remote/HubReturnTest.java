package dev.toxserver.runner.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.link.Link;
import dev.toxserver.link.ServerConnection;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a runner comes back to its server where it can't even try to connect at first. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class HubReturnTest {
  private static final RunnerName NAME = new RunnerName("r1");

  @Test
  void whereAFileForTlsCanNotBeReadJustThenItTriesAgain(Vertx vertx) throws Exception {
    try (Hub hub = new Hub(new RunnerAddresses(NAME))) {
      AtomicInteger made = new AtomicInteger();
      HubVerticle runner =
          new HubVerticle(
              at -> link(at, hub.peer().port(), made.incrementAndGet()),
              "here",
              new Offer(NAME, "test", new Labels(List.of()), 1, 65_536),
              60_000);
      vertx.deployVerticle(runner).await(30, TimeUnit.SECONDS);
      String session = hub.joined().session();
      hub.welcome(Map.of());

      hub.peer().hangUp();

      assertThat(hub.joined().session()).isEqualTo(session);
      assertThat(made).hasValue(4);
    }
  }

  private static Link link(Vertx vertx, int port, int number) {
    if (number == 2 || number == 3) {
      throw new InvalidSettingException("--tls-ca: ca.pem can't be read");
    }
    return new ServerConnection(vertx, ClientConfigs.at("127.0.0.1", port));
  }
}
