package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.Warnings;
import dev.toxserver.protocol.RunId;
import dev.toxserver.runner.report.RunFiles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which signals are sent when, to a program and children that end when the test says so. */
@Timeout(60)
class TeardownTest {
  private static final long SOON = 10;
  private static final long NEVER = 3_600_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Workers workers = new Workers(vertx);
  private final ScriptedProcess program = new ScriptedProcess();
  private final Warnings warnings = new Warnings(Teardown.class);
  private Guardian guardian;
  private ScriptedSurvivors survivors;
  private Teardown teardown;

  @BeforeEach
  void aGuardian() throws Exception {
    guardian = Guardian.start();
    survivors = new ScriptedSurvivors(guardian);
  }

  @AfterEach
  void endAll() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
    workers.close();
    guardian.dismiss();
    warnings.close();
  }

  @Test
  void aProgramThatEndsByItselfAndLeavesNothingGetsNoSignal() throws Exception {
    of(new Graces(SOON, SOON, NEVER, NEVER, NEVER, NEVER));
    program.alive = survivors.alive = false;
    ended(finish());
    assertThat(survivors.signals).isEmpty();
  }

  @Test
  void aCancelledProgramHasTheGraceToEndInAndNothingElseIsSentBeforeItIsOver() throws Exception {
    of(new Graces(NEVER, SOON, NEVER, NEVER, NEVER, NEVER));
    interrupt();
    interrupt();
    CompletableFuture<Void> gone = finish();
    awaitLooks(5);
    assertThat(gone).isNotDone();
    program.alive = survivors.alive = false;
    ended(gone);
    assertThat(survivors.signals).containsExactly("INT");
  }

  @Test
  void whatOutlivesItsInterruptIsTerminatedAndWhatOutlivesThatIsKilled() throws Exception {
    of(new Graces(SOON, SOON, NEVER, NEVER, NEVER, NEVER));
    survivors.endsBy = "KILL";
    interrupt();
    await().until(() -> survivors.signals.contains("KILL"));
    program.alive = false;
    ended(finish());
    assertThat(survivors.signals).startsWith("INT", "TERM", "KILL");
    assertThat(Collections.frequency(survivors.signals, "TERM")).isOne();
  }

  @Test
  void whatTermEndsIsNotKilled() throws Exception {
    of(new Graces(SOON, NEVER, NEVER, NEVER, NEVER, NEVER));
    survivors.endsBy = "TERM";
    interrupt();
    await().until(() -> survivors.signals.contains("TERM"));
    program.alive = false;
    ended(finish());
    assertThat(survivors.signals).containsExactly("INT", "TERM");
  }

  /** The timer of its interrupt rings while its children have their last words. */
  @Test
  void aProgramThatEndsWithinTheGraceOfItsInterruptIsNotHeldToItAnyMore() throws Exception {
    of(new Graces(SOON, SOON, NEVER, NEVER, NEVER, NEVER));
    CompletableFuture<Void> gone =
        call(
            () -> {
              teardown.interrupt();
              program.alive = false;
              return future(teardown.finish());
            });
    awaitLooks(10);
    survivors.alive = false;
    ended(gone);
    assertThat(survivors.signals).containsExactly("INT");
  }

  @Test
  void whatIsLeftWhenTheOutputHasEndedHasLittleTimeToSettle() throws Exception {
    of(new Graces(NEVER, SOON, SOON, NEVER, NEVER, NEVER));
    program.alive = false;
    survivors.endsBy = "KILL";
    quiet();
    ended(finish());
    assertThat(survivors.signals).startsWith("TERM", "KILL");
  }

  @Test
  void whatIsLeftHasLittleTimeAsSoonAsTheOutputEnds() throws Exception {
    of(new Graces(NEVER, SOON, SOON, NEVER, NEVER, NEVER));
    program.alive = false;
    survivors.endsBy = "KILL";
    CompletableFuture<Void> gone = finish();
    awaitLooks(5);
    assertThat(survivors.signals).isEmpty();
    quiet();
    ended(gone);
    assertThat(survivors.signals).startsWith("TERM", "KILL");
  }

  @Test
  void whatHoldsTheOutputOpenHasTimeForItsLastWords() throws Exception {
    of(new Graces(NEVER, NEVER, NEVER, SOON, NEVER, NEVER));
    program.alive = false;
    survivors.endsBy = "TERM";
    ended(finish());
    assertThat(survivors.signals).containsExactly("TERM");
  }

  @Test
  void theEndOfTheOutputDoesNotShortenTheGraceOfATerm() throws Exception {
    of(new Graces(NEVER, NEVER, SOON, SOON, NEVER, NEVER));
    program.alive = false;
    CompletableFuture<Void> gone = finish();
    await().until(() -> survivors.signals.contains("TERM"));
    quiet();
    awaitLooks(10);
    survivors.alive = false;
    ended(gone);
    assertThat(survivors.signals).containsExactly("TERM");
  }

  @Test
  void itIsNotOverWhileTheProgramLivesHoweverLongNothingHelps() throws Exception {
    of(new Graces(SOON, SOON, SOON, SOON, SOON, SOON));
    survivors.alive = false;
    interrupt();
    CompletableFuture<Void> gone = finish();
    await().until(() -> Collections.frequency(survivors.signals, "KILL") > 10);
    assertThat(gone).isNotDone();
    program.alive = false;
    ended(gone);
    assertThat(warnings.messages()).isEmpty();
  }

  @Test
  void itIsOverWhenTheProgramHasEndedAndWhatItLeftCanNotBeKilled() throws Exception {
    of(new Graces(SOON, SOON, SOON, SOON, SOON, NEVER));
    program.alive = false;
    ended(finish());
    assertThat(survivors.alive).isTrue();
    assertThat(warnings.messages()).singleElement().asString().contains("can not be killed");
  }

  @Test
  void aSecondCancelStrikesAgainWhenTheFirstHasLedToNothing() throws Exception {
    of(new Graces(SOON, SOON, SOON, SOON, 0, NEVER));
    interrupt();
    finish();
    await().until(() -> survivors.signals.contains("KILL"));
    interrupt();
    await().until(() -> Collections.frequency(survivors.signals, "KILL") == 2);
  }

  @Test
  void whileTheProcessesCanNotBeListedItIsNotOverAndThatIsToldOnce() throws Exception {
    of(new Graces(NEVER, NEVER, NEVER, SOON, SOON, SOON));
    program.alive = false;
    survivors.hidden = true;
    CompletableFuture<Void> gone = finish();
    awaitLooks(5);
    assertThat(gone).isNotDone();
    assertThat(warnings.messages()).singleElement().asString().contains("its end is held up");
    survivors.alive = false;
    survivors.hidden = false;
    ended(gone);
  }

  @Test
  void aRunThatIsOverGetsNoSignal() throws Exception {
    of(new Graces(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER));
    program.alive = survivors.alive = false;
    ended(finish());
    interrupt();
    assertThat(survivors.signals).isEmpty();
  }

  private void of(Graces graces) {
    Launched launched =
        new Launched(program, List.of("sh"), List.of(), null, survivors, RunFiles.NONE);
    teardown = new Teardown(vertx, graces, new RunId("a"), launched, workers);
  }

  private void interrupt() throws Exception {
    CompletableFuture.runAsync(teardown::interrupt, this::onContext).get(10, TimeUnit.SECONDS);
  }

  private void quiet() throws Exception {
    CompletableFuture.runAsync(teardown::quiet, this::onContext).get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> finish() throws Exception {
    return call(() -> future(teardown.finish()));
  }

  private static CompletableFuture<Void> future(Future<Void> future) {
    return future.toCompletionStage().toCompletableFuture();
  }

  private static void ended(CompletableFuture<Void> gone) throws Exception {
    gone.get(10, TimeUnit.SECONDS);
  }

  private void awaitLooks(int more) {
    int before = survivors.looks.get();
    await().until(() -> survivors.looks.get() >= before + more);
  }

  private <T> T call(Supplier<T> step) throws Exception {
    return CompletableFuture.supplyAsync(step, this::onContext).get(10, TimeUnit.SECONDS);
  }

  private void onContext(Runnable step) {
    context.runOnContext(v -> step.run());
  }
}
