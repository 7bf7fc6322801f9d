package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.watch.Change;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Saves and keys, with a real server, a real runner and a script in place of tox. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class WatchedMatrixTest {
  private static final Change SAVE = new Change(List.of("src/a.py"));
  private static final String LISTED = "if [ $1 = -l ]; then cat $here/listed; exit; fi\n";

  /** Those before the save last; those behind it tell whether one of them is there. */
  private static final String LASTS =
      LISTED
          + """
          if [ ! -e $here/saved ]; then
            sleep 600 & echo $$ $! >>$here/pids; wait
          else
            kill -0 $(cat $here/pids) 2>>$here/gone && echo both
            echo $2
          fi
          """;

  @TempDir Path folder;
  private final Turns turns = new Turns();
  private MatrixScene scene;
  private WatchedMatrix watch;
  private CompletableFuture<Integer> code;

  @Test
  void aBurstOfSavesDuringAMatrixEndsItWholeAndThenOneMoreBegins(Vertx vertx) throws Exception {
    begin(vertx, LASTS);
    await().until(() -> pids().size() == 4);
    touch("saved");
    turns.execute(
        () -> {
          for (int save = 0; save < 20; save++) {
            watch.saved(SAVE);
          }
        });
    scene.awaitErr("[DONE] matrix");
    assertThat(scene.out()).isEqualTo("a\nb\n");
    assertThat(scene.err()).contains("[FAIL] matrix cancelled after T\n[MATRIX] ID: a, b\n");
    assertNobodyIsLeft();
    assertThat(leave()).isZero();
    assertThat(scene.err().split("\\[MATRIX]", -1)).as("two matrices").hasSize(3);
  }

  @Test
  void anInterruptEndsTheMatrixAndThenLeaves(Vertx vertx) throws Exception {
    begin(vertx, LASTS);
    await().until(() -> pids().size() == 4);
    assertThat(leave()).isZero();
    assertThat(scene.err())
        .contains("Cancelling matrix with the server. ^C again to exit.\n")
        .endsWith("[FAIL] matrix cancelled after T\n");
    assertNobodyIsLeft();
  }

  @Test
  void aSignalEndsTheMatrixAndTheExitCodeTellsIt(Vertx vertx) throws Exception {
    begin(vertx, LASTS);
    await().until(() -> pids().size() == 4);
    turns.execute(() -> watch.terminate(15));
    assertThat(MatrixScene.code(code)).isEqualTo(143);
    assertNobodyIsLeft();
  }

  @Test
  void eachEndsWithItsTableAndOneLineAndASavedToxIniIsReadAgain(Vertx vertx) throws Exception {
    begin(vertx, LISTED + "[ $2 != bad ]");
    scene.awaitErr("[DONE] matrix");
    assertThat(scene.err())
        .endsWith("Sum T, by the clock T\n[DONE] matrix passed in T\n")
        .contains("ENVIRONMENT  RUNNER  RESULT  TIME\na            local   passed  T\n");
    list();
    save("tox.ini");
    scene.awaitErr("names no environment");
    list("a", "bad");
    save("src/a.py");
    scene.awaitErr("[FAIL] matrix");
    assertThat(scene.err()).contains("[MATRIX] ID: a, bad\n").contains(" T: bad\n");
    assertThat(leave()).isZero();
  }

  @Test
  void whatHasFailedIsRunAloneUntilAllAreWanted(Vertx vertx) throws Exception {
    list("a", "bad");
    begin(vertx, LISTED + "[ $2 != bad ] || [ -e $here/mended ]");
    scene.awaitErr("[FAIL] matrix");
    type("d");
    scene.awaitErr("a matrix has no key d");
    touch("mended");
    type("f");
    scene.awaitErr("[DONE] matrix");
    assertThat(scene.err()).contains("[MATRIX] ID: bad\n");
    type("f");
    scene.awaitErr("no environment has failed in the last matrix");
    type("a");
    await().until(() -> scene.err().split("\\[MATRIX] ID: a, bad\n", -1).length == 3);
    assertThat(leave()).isZero();
  }

  @Test
  void whatCanNeverBePlannedIsNotWatched(Vertx vertx) throws Exception {
    begin(vertx, "echo no tox.ini here >&2; exit 2");
    assertThat(MatrixScene.code(code)).isEqualTo(1);
    assertThat(scene.err()).contains("no tox.ini here");
  }

  private void begin(Vertx vertx, String script) throws Exception {
    if (Files.notExists(folder.resolve("listed"))) {
      list("a", "b");
    }
    scene = new MatrixScene(vertx, folder, "here=" + folder + "\n" + script);
    ClientSession session = scene.session();
    MatrixScreen screen = new MatrixScreen(session.terminal(), Optional.empty(), turns);
    MatrixRuns runs =
        new MatrixRuns(
            Optional.empty(), Labels.NONE, List.of(), UserSide.UNKNOWN, Optional.empty(), false);
    watch =
        new WatchedMatrix(
            session,
            turns,
            screen,
            new MatrixWish(runs, List.of(), MatrixChoices.USUAL),
            Optional::empty,
            new WatchedMatrixReport(screen, false, List.of(".")));
    code =
        CompletableFuture.supplyAsync(
            () -> {
              watch.start();
              return turns.untilLeft();
            });
  }

  private void list(String... environments) throws IOException {
    Files.write(folder.resolve("listed"), List.of(environments));
  }

  private void touch(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  private void save(String file) {
    turns.execute(() -> watch.saved(new Change(List.of(file))));
  }

  private void type(String keys) {
    turns.execute(() -> new MatrixKeys(watch).typed(keys.getBytes(UTF_8)));
  }

  private int leave() throws Exception {
    turns.execute(watch::interrupt);
    return MatrixScene.code(code);
  }

  private List<Long> pids() throws IOException {
    Path pids = folder.resolve("pids");
    return Files.notExists(pids)
        ? List.of()
        : Pattern.compile("\\d+")
            .matcher(Files.readString(pids))
            .results()
            .map(found -> Long.valueOf(found.group()))
            .toList();
  }

  private void assertNobodyIsLeft() throws IOException {
    for (long pid : pids()) {
      await().until(() -> ProcessHandle.of(pid).isEmpty());
    }
  }
}
