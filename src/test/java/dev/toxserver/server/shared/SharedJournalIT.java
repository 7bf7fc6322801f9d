package dev.toxserver.server.shared;

import static dev.toxserver.server.shared.TestRun.exit;
import static dev.toxserver.server.shared.TestRun.output;
import static dev.toxserver.server.shared.TestRun.placement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.nats.LogScene;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedJournalIT {
  private static final Placement FIRST = placement("p1", 0);

  @TempDir static Path folder;
  private static LogScene scene;

  private TestRun run;
  private SharedJournal journal;

  @BeforeAll
  static void startServers() throws Exception {
    scene = new LogScene(folder, 1);
  }

  @AfterAll
  static void closeServers() throws Exception {
    scene.close();
  }

  @BeforeEach
  void beginARun() {
    run = new TestRun(scene);
    journal = new SharedJournal(scene.hub, run.id());
  }

  @Test
  void aRunIsReadFromAnyEventOn() throws Exception {
    run.write(FIRST, 60);
    ready(FIRST);

    assertThat(journal.firstSeq()).isZero();
    assertThat(journal.nextSeq()).isEqualTo(60);
    for (long from = 59; from >= 0; from -= 7) {
      assertThat(read(from)).first().isEqualTo(output(from));
    }
    assertThat(readAll(0)).isEqualTo(outputs(0, 60));
  }

  @Test
  void ofARunThatWasPlacedTwiceAllIsReadInOrder() throws Exception {
    Placement second = placement("p2", 25);
    run.end(FIRST, run.write(FIRST, 25), 25);
    run.end(second, run.write(second, 40), 40, exit(40));
    ready(FIRST, second);

    assertThat(journal.nextSeq()).isEqualTo(41);
    List<JsonObject> all = outputs(0, 40);
    all.add(RunEventJson.encode(exit(40)));
    assertThat(readAll(0)).isEqualTo(all);
    assertThat(readAll(33)).isEqualTo(all.subList(33, 41));
  }

  @Test
  void whoHasReadTheFirstPlacementGoesOnWithTheSecond() throws Exception {
    run.end(FIRST, run.write(FIRST, 25), 25);
    ready(FIRST);
    assertThat(journal.nextSeq()).isEqualTo(25);

    Placement second = placement("p2", 25);
    run.write(second, 30);
    ready(FIRST, second);

    assertThat(readAll(25)).isEqualTo(outputs(25, 30));
  }

  @Test
  void ofATrimmedRunTheRestIsRead() throws Exception {
    run.write(FIRST, 60);
    scene.trim(FIRST.log(run.id()), 3);
    ready(FIRST);

    long first = journal.firstSeq();
    assertThat(first).isBetween(20L, 50L);
    assertThat(readAll(0)).isEqualTo(outputs(first, 60));
  }

  @Test
  void theExitIsReadThoughTheLogIsGone() throws Exception {
    run.end(FIRST, run.write(FIRST, 20), 20, exit(20));
    scene.purge(FIRST.log(run.id()));
    journal.ended(exit(20));
    ready(FIRST);

    assertThat(journal.firstSeq()).isEqualTo(20);
    assertThat(journal.nextSeq()).isEqualTo(21);
    assertThat(read(3)).containsExactly(RunEventJson.encode(exit(20)));
  }

  @Test
  void thoughTheFirstPlacementsLogIsGoneTheSecondIsRead() throws Exception {
    Placement second = placement("p2", 25);
    run.end(FIRST, run.write(FIRST, 25), 25);
    run.write(second, 40);
    scene.purge(FIRST.log(run.id()));
    ready(FIRST, second);

    assertThat(journal.firstSeq()).isEqualTo(25);
    assertThat(read(0)).first().isEqualTo(output(25));
  }

  @Test
  void aRunThatNobodyExecutedHasItsExit() throws Exception {
    journal.ended(exit(0));
    ready();

    assertThat(journal.isEnded()).isTrue();
    assertThat(read(0)).containsExactly(RunEventJson.encode(exit(0)));
  }

  @Test
  void whoReadsWhileTheServersAreAwayWaits() throws Exception {
    run.write(FIRST, 60);
    ready(FIRST);
    scene.cluster.killAll();

    Future<List<JsonObject>> waiting = scene.begin(() -> journal.read(30));
    scene.cluster.restartAll();

    assertThat(waiting.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .first()
        .isEqualTo(output(30));
  }

  @Test
  void whoReadsARunThatIsForgottenMeanwhileIsToldItsExit() throws Exception {
    run.end(FIRST, run.write(FIRST, 60), 60, exit(60));
    ready(FIRST);
    scene.run(() -> journal.ended(exit(60)));
    scene.cluster.killAll();
    try {
      Future<List<JsonObject>> waiting = scene.begin(() -> journal.read(30));
      scene.run(journal::forget);

      assertThat(waiting.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS))
          .containsExactly(RunEventJson.encode(exit(60)));
    } finally {
      scene.cluster.restartAll();
    }
  }

  private void ready(Placement... placements) throws Exception {
    scene.run(() -> List.of(placements).forEach(journal::placed));
    scene.result(journal::ready);
  }

  private List<JsonObject> read(long from) throws Exception {
    return scene.result(() -> journal.read(from));
  }

  private List<JsonObject> readAll(long from) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    long next = from;
    while (next < journal.nextSeq()) {
      all.addAll(read(next));
      next = all.get(all.size() - 1).getLong("seq") + 1;
    }
    return all;
  }

  private static List<JsonObject> outputs(long from, long to) {
    return new ArrayList<>(LongStream.range(from, to).mapToObj(TestRun::output).toList());
  }
}
