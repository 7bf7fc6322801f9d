package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the user hears of a matrix of which nothing runs; with a real server. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class MatrixNewsTest {
  @TempDir Path folder;

  @Test
  void whereAllWaitItIsSaidBehindWhatAndOfALostConnectionOnce(Vertx vertx) throws Exception {
    MatrixScene first =
        new MatrixScene(
            vertx,
            folder,
            "touch %1$s/$2.began; until [ -e %1$s/end ]; do sleep 0.1; done".formatted(folder));
    CompletableFuture<Integer> runs = first.begin(MatrixChoices.USUAL, "a", "b");
    first.awaitFile("a.began");
    first.awaitFile("b.began");
    MatrixScene second = first.another();
    CompletableFuture<Integer> waits = second.begin(MatrixChoices.USUAL, "c", "d");
    second.awaitErr("\nc is queued: next in line, behind ");
    first.stopServer();
    second.awaitErr("The connection to ");
    second.awaitErr("Reconnecting…");
    second.interrupt();
    second.interrupt();
    assertThat(MatrixScene.code(waits)).isEqualTo(3);
    assertThat(second.err().lines().filter(line -> line.contains("Reconnecting…")))
        .singleElement()
        .asString()
        .matches("[cd]: The connection to .* was lost .*");
    assertThat(second.err()).doesNotContain("d is queued");
    first.interrupt();
    first.interrupt();
    assertThat(MatrixScene.code(runs)).isEqualTo(3);
    Files.createFile(folder.resolve("end"));
  }
}
