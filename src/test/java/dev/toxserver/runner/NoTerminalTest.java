package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that has no terminal to give. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class NoTerminalTest {
  @TempDir Path folder;

  @Test
  void theRunGoesOnInPipesWithOneLineThatSaysWhatToDo(Vertx vertx) throws Exception {
    for (String program : List.of("script", "setsid")) {
      Path broken = Files.writeString(folder.resolve(program), "#!/bin/sh\nexit 1\n");
      assertThat(broken.toFile().setExecutable(true)).isTrue();
    }
    TerminalRun run = TerminalRun.in(vertx, Map.of("PATH", folder + ":" + System.getenv("PATH")));
    RunEvent.Started started =
        run.start(TerminalRun.IN_TERMINAL, "sh", "-c", "tty; cat; echo error >&2; exec sleep 600");
    assertThat(started.terminal()).isEmpty();
    assertThat(run.next())
        .isInstanceOfSatisfying(
            RunEvent.Notice.class,
            notice ->
                assertThat(notice.message())
                    .startsWith("the server has no terminal for this run: that takes '")
                    .contains("'script' of util-linux"));
    run.until("error");
    run.until("not a tty");
    assertThatThrownBy(() -> run.input(0, new byte[1], false).await(5, TimeUnit.SECONDS))
        .isInstanceOf(ReplyException.class)
        .hasMessageContaining("takes no more input");
    run.cancel();
    run.toTheEnd();
  }
}
