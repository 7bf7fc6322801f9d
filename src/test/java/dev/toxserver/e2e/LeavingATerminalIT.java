package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a run in a terminal ends for the client, the user's terminal is as it was before. */
class LeavingATerminalIT {
  private static final String FULL_SCREEN = "\033[?1049h\033[?25l\033[?2004h\033[31mred";

  @TempDir Path folder;

  /** A way out of a run. */
  private interface Way {
    void go(TypedInto typed) throws Exception;
  }

  private enum End {
    EXIT(7, typed -> typed.server.exit(typed.run, 2, 7)),
    ESCAPE(
        3,
        typed -> {
          typed.window.type("~.");
          typed.acceptCancel();
        }),
    ESCAPE_FROM_A_DEAD_CONNECTION(3, typed -> typed.window.type("abc\r~.")),
    TERMINATED(
        143,
        typed -> {
          Signal.send("TERM", typed.window.clientsPid());
          typed.acceptCancel();
        }),
    BROKEN_PROTOCOL(1, typed -> typed.server.output(typed.run, 99, "x")),
    LOST(1, typed -> typed.server.event(typed.run, new JsonObject().put("type", "lost"))),
    SERVER_GONE(1, typed -> typed.server.die());

    private final int code;
    private final Way way;

    End(int code, Way way) {
      this.code = code;
      this.way = way;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTerminalIsRestoredAndWhatTheRunLeftOnItIsUndone(End end) throws Exception {
    try (TypedInto typed = TypedInto.accepted(folder, "--reconnect-timeout", "0.5")) {
      String before = typed.window.settings();
      typed.started();
      typed.window.awaitRaw();
      typed.server.output(typed.run, 1, FULL_SCREEN);
      typed.window.out().awaitText(FULL_SCREEN);
      end.way.go(typed);
      assertThat(typed.window.exitCode()).isEqualTo(end.code);
      assertThat(typed.window.out().text())
          .contains("\033[0m\033[?25h\033[?1049l\033[?2004l")
          .endsWith(before + "\r\n");
    }
  }

  @Test
  void aClosedWindowEndsTheClientAndItsRun() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      long client = typed.window.clientsPid();
      typed.window.hangUp();
      typed.acceptCancel();
      await().atMost(Captured.DEADLINE).until(() -> ProcessHandle.of(client).isEmpty());
    }
  }

  @Test
  void theVerdictBeginsOnALineOfItsOwn() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.output(typed.run, 1, "abc");
      typed.server.exit(typed.run, 2, 0);
      assertThat(typed.window.exitCode()).isZero();
      assertThat(typed.window.shown()).startsWith("abc\n[\033[32mDONE\033[0m] passed\n");
    }
  }

  @Test
  void whereTheOutputEndsWithALineTheVerdictFollowsAtOnce() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.output(typed.run, 1, "abc\r\n");
      typed.server.exit(typed.run, 2, 0);
      assertThat(typed.window.exitCode()).isZero();
      assertThat(typed.window.shown()).startsWith("abc\n[\033[32mDONE\033[0m] passed\n");
    }
  }

  @Test
  void whatTheClientItselfSaysBeginsAtTheLeftEdgeOfARawTerminal() throws Exception {
    try (TypedInto typed = TypedInto.start(folder)) {
      typed.server.event(
          typed.run, new JsonObject().put("type", "notice").put("message", "take care"));
      typed.window.type("~?");
      typed.window.out().awaitText("~?   this\r\n");
      assertThat(typed.window.out().text())
          .startsWith("tox-server: take care\r\nAt the start of a line:\r\n  ~.   leave");
    }
  }
}
