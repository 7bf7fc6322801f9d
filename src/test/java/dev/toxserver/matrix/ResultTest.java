package dev.toxserver.matrix;

import static dev.toxserver.matrix.Result.Kind.CANCELLED;
import static dev.toxserver.matrix.Result.Kind.FAILED;
import static dev.toxserver.matrix.Result.Kind.PASSED;
import static dev.toxserver.matrix.Result.Kind.SKIPPED;
import static dev.toxserver.matrix.Result.Kind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** As tox 4's parallel mode leaves. */
class ResultTest {
  private static final Result GOOD = result(PASSED, 0);
  private static final Result LEFT_OUT = result(SKIPPED, 1);

  @Test
  void itLeavesWithZeroIfAllHavePassedOrWereLeftOut() {
    assertThat(code(GOOD, GOOD)).isZero();
    assertThat(code(GOOD, LEFT_OUT)).isZero();
  }

  @Test
  void itLeavesWithOneIfAnyHasNot() {
    assertThat(code(GOOD, result(FAILED, 7))).isEqualTo(1);
    assertThat(code(GOOD, result(CANCELLED, 130))).isEqualTo(1);
    assertThat(code(GOOD, result(UNKNOWN, 1))).isEqualTo(1);
    assertThat(code(LEFT_OUT, LEFT_OUT)).isEqualTo(1);
    assertThat(code(LEFT_OUT)).isEqualTo(1);
  }

  @Test
  void itLeavesWithTheCodeOfTheOnlyOne() {
    assertThat(code(result(FAILED, 7))).isEqualTo(7);
  }

  @Test
  void withFailFastItLeavesWithTheCodeOfTheOneThatFailed() {
    assertThat(Result.exitCode(List.of(GOOD, result(CANCELLED, 130), result(FAILED, 7)), true))
        .isEqualTo(7);
    assertThat(Result.exitCode(List.of(GOOD, result(UNKNOWN, 1)), true)).isEqualTo(1);
  }

  private static int code(Result... results) {
    return Result.exitCode(List.of(results), false);
  }

  private static Result result(Result.Kind kind, int code) {
    return new Result("e", "-", kind, code, OptionalLong.of(5), "");
  }
}
