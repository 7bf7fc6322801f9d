package dev.toxserver.runner.placed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox(0);

  @Test
  void noticesAreHandedOverOnceInTheirPlaceAmongTheEvents() {
    JsonObject notice = notice("spared");
    outbox.add(results(0));
    outbox.add(results(1));
    outbox.addNotice(notice);
    outbox.add(exit(2));

    assertThat(outbox.from(1)).containsExactly(results(1), notice, exit(2));
    assertThat(outbox.from(1)).containsExactly(results(1), exit(2));
  }

  @Test
  void noMoreNoticesAreKeptThanItsBound() {
    for (int absence = 0; absence < 2; absence++) {
      for (int i = 0; i <= Outbox.MOST_NOTICES; i++) {
        outbox.addNotice(notice("number " + i));
      }
      assertThat(outbox.from(0))
          .hasSize(Outbox.MOST_NOTICES)
          .startsWith(notice("number 0"))
          .doesNotContain(notice("number " + Outbox.MOST_NOTICES));
    }
  }

  @Test
  void aNoticeDoesNotKeepARunWhoseEndIsAcknowledged() {
    outbox.addNotice(notice("spared"));
    outbox.add(exit(0));
    outbox.from(0);

    outbox.acknowledge(0);

    assertThat(outbox.isDone()).isTrue();
  }

  private static JsonObject notice(String message) {
    return RunEventJson.encode(new RunEvent.Notice(message));
  }

  private static JsonObject results(long seq) {
    return new JsonObject().put("seq", seq).put("type", "results");
  }

  private static JsonObject exit(long seq) {
    return RunEventJson.encode(new RunEvent.Exit(seq, 0, false, Optional.empty()));
  }
}
