package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a matrix ends of which no run has begun, and what stands on the screen then. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class MatrixPlanTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StandardStream stream = new StandardStream("err", err);
  private final Terminal terminal = new Terminal(stream, stream, false, false);

  @Test
  void whileGitTellsTheFilesAnInterruptIsHeardAndNothingBegins(Vertx vertx) throws Exception {
    MatrixScene scene = new MatrixScene(vertx, folder, "touch " + folder + "/began");
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Integer> matrix =
        scene.begin(
            MatrixChoices.USUAL,
            () -> {
              asked.complete(null);
              told.join();
              return Optional.empty();
            },
            "a");
    asked.get();
    scene.interrupt();
    assertThat(MatrixScene.code(matrix)).isEqualTo(3);
    told.complete(null);
    assertThat(scene.err()).isEqualTo("Command matrix interrupted!\n");
    assertThat(folder.resolve("began")).doesNotExist();
  }

  @Test
  void whereSomebodyElseCancelsTheFirstQuestionThatIsSaid(Vertx vertx) throws Exception {
    MatrixScene scene =
        new MatrixScene(vertx, folder, "touch %s/asked; exec sleep 600".formatted(folder));
    CompletableFuture<Integer> matrix = scene.begin(MatrixChoices.USUAL);
    scene.awaitFile("asked");
    scene.cancelNewest();
    assertThat(MatrixScene.code(matrix)).isEqualTo(1);
    assertThat(scene.err()).contains("somebody has cancelled the question");
  }

  @Test
  void aListWithAHoleMakesNoSmallerMatrix() {
    ListedEnvironments listed = new ListedEnvironments(terminal);
    listed.output(Stream.STDOUT, "a\nb\n".getBytes(UTF_8), () -> {});
    RunEvent.Exit exit = new RunEvent.Exit(9, 0, false, Optional.of(1L), Optional.empty());
    assertThat(listed.names(exited(exit, false))).containsExactly("a", "b");
    assertThatThrownBy(() -> listed.names(exited(exit, true))).hasMessageContaining("is missing");
  }

  @Test
  void whatStoodAtTheFootDoesNotComeBackUnderTheTable() {
    MatrixFoot foot = new MatrixFoot(stream, true, () -> 24);
    MatrixScreen screen = new MatrixScreen(terminal, Optional.of(foot), new Turns());
    screen.endFoot();
    screen.tell(List.of("1 of 2 done"));
    terminal.flush(10_000);
    assertThat(err.toString(UTF_8)).doesNotContain("1 of 2 done");
  }

  private static Outcome.Exited exited(RunEvent.Exit exit, boolean incomplete) {
    return new Outcome.Exited(exit, incomplete, Optional.empty(), Optional.empty());
  }
}
