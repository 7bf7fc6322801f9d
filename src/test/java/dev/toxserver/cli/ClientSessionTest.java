package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a command says at its end, and leaves with. */
@Timeout(30)
class ClientSessionTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ClientSession session = session(new ByteArrayOutputStream());

  @Test
  void aRunLeavesWithItsOwnCodeBehindItsVerdict() {
    assertThat(session.leaveAfterRun(exited(0, false, ""))).isZero();
    assertThat(said()).isEqualTo("[DONE] passed\n");
    assertThat(session.leaveAfterRun(exited(9, false, ""))).isEqualTo(9);
    assertThat(said()).isEqualTo("[FAIL] failed\n");
  }

  @Test
  void whyARunCouldNotBeStartedIsSaidFirst() {
    assertThat(session.leaveAfterRun(exited(127, false, "there is no tox"))).isEqualTo(127);
    assertThat(said()).isEqualTo("there is no tox\n[FAIL] failed\n");
  }

  @Test
  void aRunWhoseOutputIsIncompleteDoesNotPassForGood() {
    assertThat(session.leaveAfterRun(exited(0, true, ""))).isEqualTo(1);
    assertThat(said()).isEqualTo("[DONE] passed\nSome of the run's output is missing.\n");
    assertThat(session.leaveAfterRun(exited(9, true, ""))).isEqualTo(9);
    assertThat(said()).isEqualTo("[FAIL] failed\n");
  }

  @Test
  void aClientThatCanNotStartHasEnded() {
    Future<Outcome> outcome = ClientSession.outcome(null, Future.failedFuture("no room"));
    assertThat(outcome.result().why())
        .hasValueSatisfying(why -> assertThat(why).contains("no room"));
  }

  @Test
  void whatDidNotComeToAnEndIsSaidWithTheReason() {
    assertThat(session.leaveAfterRun(new Outcome.Failed("refused: no room"))).isEqualTo(1);
    assertThat(said()).isEqualTo("refused: no room\n");
    assertThat(session.leaveWithout(new Outcome.TimedOut("silent for 5 s"))).isEqualTo(2);
    assertThat(said()).isEqualTo("silent for 5 s\n");
  }

  @Test
  void whoLeavesByHandIsToldWhatTheyLeave() {
    assertThat(session.leaveWithout(new Outcome.Interrupted())).isEqualTo(3);
    assertThat(said()).isEqualTo("Command attach interrupted!\n");
    assertThat(session.leaveWithout(new Outcome.Left(new RunId("r1")))).isEqualTo(3);
    assertThat(said()).contains("Left run r1 alone", "'tox-server attach r1'").hasLineCount(1);
  }

  @Test
  void aSignalIsSilentAndAddsItsNumberAsInAShell() {
    assertThat(session.leaveWithout(new Outcome.Terminated(15))).isEqualTo(128 + 15);
    assertThat(said()).isEmpty();
  }

  @Test
  void anAnswerThatNoCommandAwaitsIsShownAsItIs() {
    JsonObject body = new JsonObject().put("odd", true);

    assertThat(session.leaveWithout(new Outcome.Answered(body))).isEqualTo(1);
    assertThat(said()).contains("odd");
  }

  @Test
  void outputThatCouldNotBeWrittenIsNoSuccess() {
    ClientSession full =
        session(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    full.terminal().print("answer");

    // 141 where the tests' own standard output is a pipe: who reads it would be the one who left.
    boolean pipe = Environment.isPipe(1);
    assertThat(full.leave(0)).isEqualTo(pipe ? 141 : 1);
    assertThat(said())
        .isEqualTo(pipe ? "" : "standard output can't be written to: No space left on device\n");
  }

  private static Outcome exited(int returncode, boolean incomplete, String error) {
    Optional<String> why = Optional.of(error).filter(text -> !text.isEmpty());
    return new Outcome.Exited(
        new RunEvent.Exit(1, returncode, false, why),
        incomplete,
        Optional.empty(),
        Optional.empty());
  }

  /** All since the last time. */
  private String said() {
    session.terminal().flush(30_000);
    String said = err.toString(UTF_8);
    err.reset();
    return said;
  }

  private ClientSession session(OutputStream out) {
    Terminal terminal =
        new Terminal(
            new StandardStream("test-out", out), new StandardStream("test-err", err), false, false);
    Settings nowhere = new Settings(Map.of(Setting.SOCKET, "/no/such/socket"), Map.of(), Map.of());
    Environment environment = new Environment(Map.of(), Path.of("/no/such/folder"), List.of());
    ClientConfig config = ClientConfig.from(nowhere, environment);
    return new ClientSession("attach", config, () -> {}, terminal);
  }
}
