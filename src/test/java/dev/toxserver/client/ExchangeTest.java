package dev.toxserver.client;

import static dev.toxserver.client.Scene.ATTACH;
import static dev.toxserver.client.Scene.LOGS;
import static dev.toxserver.client.Scene.PING;
import static dev.toxserver.client.Scene.RUN;
import static dev.toxserver.client.Scene.STATUS;
import static dev.toxserver.client.Scene.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.State.Event;
import dev.toxserver.protocol.Request;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The client's table, cell by cell, for a run of its own; and what ends it in any state. */
class ExchangeTest {
  static Stream<Arguments> cells() {
    return Arrays.stream(State.values())
        .flatMap(state -> Arrays.stream(Event.values()).map(event -> Arguments.of(state, event)))
        .filter(cell -> canHappen((State) cell.get()[0], (Event) cell.get()[1]));
  }

  /** There is a connection to lose or to hear from, or there is none and one may come. */
  private static boolean canHappen(State state, Event event) {
    boolean connected =
        EnumSet.of(State.ASKED, State.TALKING, State.CANCELLING, State.LEAVING).contains(state);
    boolean connecting =
        EnumSet.of(State.CONNECTING, State.AWAY, State.CANCELLING_AWAY).contains(state);
    return switch (event) {
      case CONNECTED -> connecting;
      case HEARD, LOST -> connected;
      case RUN_ENDED -> connected && state != State.ASKED;
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("cells")
  void eachEventLeadsToTheStateThatTheTableSays(State state, Event event) throws Exception {
    Scene scene = Scene.in(state);
    scene.happen(event);
    assertThat(scene.exchange.state()).isEqualTo(state.after(event));
    assertThat(scene.outcome() != null)
        .as("an outcome")
        .isEqualTo(scene.exchange.state() == State.ENDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"ASKED", "TALKING"})
  void aServerThatIsSilentForTooLongIsAskedToCancelAndLeft(State state) throws Exception {
    Scene scene = Scene.in(state);
    scene.exchange.timedOut();
    assertThat(scene.outcome())
        .isEqualTo(
            new Outcome.TimedOut(
                "Command run timed out! Nothing was heard from localhost:9876 for 1.5 s."));
    assertThat(scene.link.calls()).containsExactly(cancel(), "close");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTING", "AWAY", "CANCELLING", "CANCELLING_AWAY"})
  void itIsNotAskedToCancelIfThatWasDoneOrCantBe(State state) throws Exception {
    Scene scene = Scene.in(state);
    scene.exchange.timedOut();
    assertThat(scene.outcome()).isInstanceOf(Outcome.TimedOut.class);
    assertThat(scene.link.calls()).containsExactly("close");
  }

  @Test
  void aTimeoutOfWhatIsNoRunOfItsOwnCancelsNothing() {
    for (Request request : List.of(PING, ATTACH, LOGS, STATUS)) {
      Scene scene = Scene.asked(request);
      scene.exchange.timedOut();
      assertThat(scene.outcome()).isInstanceOf(Outcome.TimedOut.class);
      assertThat(scene.link.calls()).containsExactly("close");
    }
  }

  @Test
  void aServerThatBreaksTheProtocolIsAskedToCancelAndLeft() {
    Scene scene = Scene.talking(RUN);
    scene.reply("text");
    assertThat(scene.outcome())
        .isEqualTo(
            new Outcome.Failed("the server broke the protocol: body: must be a JSON object"));
    assertThat(scene.link.calls()).containsExactly(cancel(), "close");
  }

  @Test
  void anOutcomeIsNeverChanged() {
    Scene scene = Scene.talking(PING);
    Outcome outcome = scene.outcome();
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    scene.exchange.unreachable("late");
    scene.exchange.timedOut();
    scene.exchange.interrupt();
    scene.exchange.leave(TERMINATED);
    assertThat(scene.outcome()).isSameAs(outcome);
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void aServerThatCantBeReachedEndsIt() {
    Scene scene = new Scene(RUN);
    scene.exchange.unreachable("the host x has no address");
    assertThat(scene.outcome()).isEqualTo(new Outcome.Failed("the host x has no address"));
    assertThat(scene.link.calls()).containsExactly("start", "close");
  }

  @Test
  void theEndIsToldWhenAllOutputIsWritten() throws Exception {
    Scene scene = Scene.talking(RUN);
    scene.output(0, "text");
    scene.exit(1, 7);
    assertThat(scene.outcome()).isNull();
    assertThat(scene.link.calls()).containsExactly("close");
    scene.runTask();
    assertThat(scene.outcome())
        .isInstanceOfSatisfying(
            Outcome.Exited.class, how -> assertThat(how.exit().returncode()).isEqualTo(7));
  }

  @Test
  void delaysOfTheConnectionAreToldToTheUser() {
    Scene scene = new Scene(RUN);
    scene.exchange.waiting("Connection refused");
    scene.exchange.away("it was closed by the server");
    scene.exchange.back();
    assertThat(scene.told())
        .isEqualTo(
            """
            Waiting for a server at localhost:9876 (Connection refused). ^C to give up.
            The connection to localhost:9876 was lost (it was closed by the server). Reconnecting… ^C to give up.
            Connected again.
            """);
  }

  private static String cancel() {
    return "send tox.cancel {\"id\":\"r1\"}, reply to cancel-reply";
  }
}
