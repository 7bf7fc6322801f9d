package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyJsonTest {
  private static final RunId ID = new RunId("run-1");

  @Test
  void aRunThatHasItsTurnIsRunning() {
    assertThat(encoded(new Reply.Accepted(ID, true, 0)))
        .isEqualTo("{\"id\":\"run-1\",\"state\":\"running\",\"position\":0}");
  }

  @Test
  void aRunThatWaitsIsQueuedAtItsPlace() {
    assertThat(encoded(new Reply.Accepted(ID, false, 3)))
        .isEqualTo("{\"id\":\"run-1\",\"state\":\"queued\",\"position\":3}");
  }

  @Test
  void aCancelTellsHowMany() {
    assertThat(encoded(new Reply.Cancelled(2))).isEqualTo("{\"cancelled\":2}");
  }

  @Test
  void aPongTellsTimesInSecondsAndCountsThePingAmongTheTasks() {
    assertThat(encoded(new Reply.Pong(1_587_962_661_826_404L, 2, 3, "1.2", 61_005)))
        .isEqualTo(
            "{\"time\":1587962661.826404,\"tasks\":6,\"running\":2,\"queued\":3,"
                + "\"version\":\"1.2\",\"uptime\":61.005}");
  }

  @Test
  void noTimeIsWrittenWithAnExponent() {
    assertThat(encoded(new Reply.Pong(1_600_000_000_000_000L, 0, 0, "1", 0)))
        .contains("\"time\":1600000000.000000", "\"uptime\":0.000");
  }

  @Test
  void aQuitIsDone() {
    assertThat(encoded(new Reply.Done())).isEqualTo("{\"status\":\"DONE\"}");
  }

  private static String encoded(Reply reply) {
    return ReplyJson.encode(reply).encode();
  }
}
