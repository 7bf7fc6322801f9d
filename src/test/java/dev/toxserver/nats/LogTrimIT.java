package dev.toxserver.nats;

import static dev.toxserver.nats.LogScene.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogTrimIT {
  private static final int MESSAGES = 5_000;

  @TempDir Path folder;

  @Test
  void thousandsOfMessagesAreDeletedAsAFewAre() throws Exception {
    LogScene scene = new LogScene(folder, 1);
    try {
      scene.result(() -> write(scene));

      scene.trim(LOG, MESSAGES - 1);

      assertThat(scene.result(() -> new LogSeek(scene.hub, LOG).first()).orElseThrow().index())
          .isEqualTo(MESSAGES - 1);
    } finally {
      scene.close();
    }
  }

  private static Future<?> write(LogScene scene) {
    return Future.all(
        LongStream.range(0, MESSAGES)
            .mapToObj(i -> new LogMessage(i, i + 1, false, Buffer.buffer("e")).toStored(LOG, i))
            .map(scene.hub::put)
            .toList());
  }
}
