package dev.toxserver.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Stream;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final SinkOfTest sink = new SinkOfTest();
  private int allShown;
  private final InOrder display = display(1_000);

  @Test
  void theFirstIsLiveAndTheSecondFollowsWholeHoweverEarlyItCame() {
    begin(display, 1);
    print(display, 1, "two");
    begin(display, 0);
    print(display, 0, "one");
    end(display, 1);
    assertThat(sink.shown).containsExactly("begun 0", "stdout:one");
    print(display, 0, "more");
    end(display, 0);
    assertThat(sink.shown)
        .containsExactly(
            "begun 0", "stdout:one", "stdout:more", "ended 0", "begun 1", "stdout:two", "ended 1");
  }

  @Test
  void whatStillRunsWhenItsTurnComesGoesOnLive() {
    begin(display, 0);
    begin(display, 1);
    print(display, 1, "kept");
    assertThat(display.isLive(1)).isFalse();
    end(display, 0);
    assertThat(display.isLive(1)).isTrue();
    print(display, 1, "live");
    assertThat(sink.shown).endsWith("begun 1", "stdout:kept", "stdout:live");
  }

  @Test
  void bothStreamsKeepTheirOrder() {
    begin(display, 0);
    begin(display, 1);
    print(display, 1, "a");
    display.output(1, Stream.STDERR, "b".getBytes(UTF_8));
    print(display, 1, "c");
    end(display, 0);
    assertThat(sink.shown).endsWith("stdout:a", "stderr:b", "stdout:c");
  }

  @Test
  void aSlowScreenIsGivenOnePieceAtATimeAndWhatComesMeanwhileStaysBehind() {
    begin(display, 0);
    begin(display, 1);
    print(display, 1, "a");
    print(display, 1, "b");
    sink.beSlow();
    display.ended(0, "ended 0");
    sink.drainOnce();
    sink.drainOnce();
    assertThat(sink.shown).containsExactly("begun 0", "ended 0", "begun 1", "stdout:a");
    assertThat(display.isLive(1)).isFalse();
    print(display, 1, "c");
    sink.drainOnce();
    assertThat(sink.shown).endsWith("stdout:a", "stdout:b");
    sink.drain();
    assertThat(sink.shown).endsWith("stdout:a", "stdout:b", "stdout:c");
    assertThat(display.isLive(1)).isTrue();
  }

  @Test
  void ofOneThatNobodyWantsAnyMoreOnlyItsEndIsShown() {
    begin(display, 0);
    begin(display, 1);
    print(display, 1, "never seen");
    display.leaveOut(1);
    print(display, 1, "nor this");
    end(display, 0);
    print(display, 1, "nor this, though it is its turn");
    end(display, 1);
    assertThat(sink.shown).containsExactly("begun 0", "ended 0", "ended 1");
  }

  @Test
  void ofOneThatIsLiveAllIsShownThoughNobodyWantsIt() {
    begin(display, 0);
    display.leaveOut(0);
    print(display, 0, "a");
    display.ended(0, "ended 0");
    assertThat(sink.shown).containsExactly("begun 0", "stdout:a", "ended 0");
  }

  @Test
  void oneThatNeverBeganHasOnlyAnEnd() {
    end(display, 0);
    assertThat(sink.shown).containsExactly("ended 0");
  }

  @Test
  void theEndIsToldOnceWhenTheLastLineIsOut() {
    for (int run = 0; run < 3; run++) {
      begin(display, run);
    }
    display.ended(2, "ended 2");
    display.ended(1, "ended 1");
    display.ended(0, "ended 0");
    assertThat(allShown).isZero();
    sink.drain();
    assertThat(allShown).isEqualTo(1);
  }

  @Test
  void whatFindsNoRoomIsCountedAndMissesInItsPlace() {
    InOrder small = display(20);
    begin(small, 0);
    begin(small, 1);
    print(small, 1, "kept");
    print(small, 1, "too long to keep");
    print(small, 1, "x");
    end(small, 0);
    print(small, 1, "live");
    assertThat(sink.shown)
        .endsWith(
            "begun 1",
            "stdout:kept",
            "tox-server: 17 bytes of output are missing here, which 'logs' shows: it is more than is"
                + " kept of all that waits to be shown",
            "stdout:live");
  }

  private InOrder display(long space) {
    return new InOrder(sink, 3, new SpoolSpace(space), () -> allShown++);
  }

  private void begin(Display on, int run) {
    on.begun(run, "begun " + run);
    sink.drain();
  }

  private static void print(Display on, int run, String text) {
    on.output(run, Stream.STDOUT, text.getBytes(UTF_8));
  }

  private void end(Display on, int run) {
    on.ended(run, "ended " + run);
    sink.drain();
  }
}
