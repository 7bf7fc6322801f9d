package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the log tells of those who are turned away, however often they come. */
@ExtendWith(VertxExtension.class)
class RefusalsTest {
  private static final String REASON = "it showed no token";

  private final RefusalsLog log = new RefusalsLog();
  private final List<String> lines = log.lines();
  private Refusals refusals;

  @BeforeEach
  void make(Vertx vertx) {
    refusals = new Refusals(vertx, 500);
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void theFirstIsToldAtOnceAndOfThoseAfterItHowManyThereWere() {
    for (int n = 1; n <= 5_089; n++) {
      refusals.add("127.0.0.1", REASON, "c" + n + " is disconnected");
    }
    assertThat(lines).containsExactly("c1 is disconnected");

    refusals.tellMore();
    assertThat(lines)
        .containsExactly("c1 is disconnected", "5088 more from 127.0.0.1 in 0.5 s: " + REASON);
  }

  @Test
  void addressesAndReasonsAreToldApart() {
    refusals.add("10.0.0.1", REASON, "one");
    refusals.add("10.0.0.2", REASON, "two");
    refusals.add("10.0.0.1", "it sent a broken frame", "three");

    assertThat(lines).containsExactly("one", "two", "three");
    refusals.tellMore();
    assertThat(lines).hasSize(3);
  }

  @Test
  void moreAddressesThanAreRememberedAreCountedTogether() {
    for (int n = 0; n < 1_000; n++) {
      refusals.add("host-" + n, REASON, "line " + n);
    }
    assertThat(lines).hasSize(Refusals.MAX_CAUSES);

    refusals.tellMore();
    assertThat(lines).hasSize(Refusals.MAX_CAUSES + 1).last().asString().startsWith("900 more");
  }

  @Test
  void whatAClientSentDoesNotFillTheLog() {
    refusals.add("127.0.0.1", REASON, "x".repeat(1_000_000));

    assertThat(lines).singleElement().asString().hasSizeLessThan(1_000);
  }

  @Test
  void afterAWhileItIsToldWithoutBeingAskedAndThenTheFirstIsToldAnew() {
    refusals.add("127.0.0.1", REASON, "first");
    refusals.add("127.0.0.1", REASON, "second");

    await().until(() -> lines.size() == 2);
    refusals.add("127.0.0.1", REASON, "third");
    assertThat(lines).last().isEqualTo("third");
  }
}
