package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.UserSide;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatrixRunsTest {

  @Test
  void toxIsAskedForItsEnvironmentsWithTheVariablesThatTheRunsHave() {
    UserSide side = new UserSide(Optional.empty(), false, Optional.of(Map.of("DJANGO", "4")));
    MatrixRuns runs =
        new MatrixRuns(Optional.empty(), Labels.NONE, List.of(), side, Optional.empty(), false);
    assertThat(runs.listing().side()).isEqualTo(side);
  }
}
