package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final long MIB = 1 << 20;

  private final Bucket bucket = new Bucket();
  private final List<String> told = new ArrayList<>();
  private final Allowance allowance =
      new Allowance(
          bucket.mirror(null).facts(),
          96 * MIB,
          (runner, news) ->
              told.add(runner + " " + ((HubReply.Joined) news).keptBytes().orElseThrow()));

  @BeforeEach
  void placeARunAndTellWhatIsUsual() {
    Life life = new Life(new RunId("a"), 1);
    bucket.write(TestFacts.asked("a"));
    bucket.write(new Fact.Placed(life, 1, TestRun.placement("p1", 0), 0));
    bucket.write(TestFacts.asked("waits"));
    allowance.tell();
    assertThat(told).containsExactly("r1 " + 96 * MIB);
    told.clear();
  }

  @Test
  void whoHasRunsKeepsHalfAsMuchEachTimeAndNoMoreThanHalfOfAllThereIs() {
    allowance.less(64 * MIB);
    allowance.tell();
    allowance.less(64 * MIB);
    allowance.tell();
    assertThat(told).containsExactly("r1 " + 32 * MIB, "r1 " + 16 * MIB);
  }

  @Test
  void somethingIsAlwaysKept() {
    for (int i = 0; i < 50; i++) {
      allowance.less(64 * MIB);
    }
    allowance.tell();
    assertThat(told).containsExactly("r1 " + MIB);
  }

  @Test
  void whenThereIsRoomAgainMoreIsKeptUpToWhatIsUsual() {
    allowance.less(128 * MIB);
    for (int i = 0; i < 4; i++) {
      allowance.tell();
      allowance.more();
    }
    assertThat(told).containsExactly("r1 " + 48 * MIB, "r1 " + 96 * MIB);
  }

  @Test
  void whatIsUsualIsToldNowAndThenSinceAHubThatIsGoneMayHaveToldLess() {
    for (int i = 0; i < 20; i++) {
      allowance.tell();
    }
    assertThat(told).containsExactly("r1 " + 96 * MIB, "r1 " + 96 * MIB);
  }
}
