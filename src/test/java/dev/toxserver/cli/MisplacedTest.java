package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisplacedTest {

  @Test
  void anOptionOfOursIsToldWhereItBelongs() {
    assertThat(Misplaced.hint(List.of("-e", "py", "--detach")))
        .contains(
            "tox-server: --detach went to tox, as all does that follows the word run;"
                + " our own options stand before it: tox-server --detach run …");
    assertThat(Misplaced.hint(List.of("--timeout=5")).orElseThrow())
        .startsWith("tox-server: --timeout went to tox,")
        .endsWith(": tox-server --timeout … run …");
    assertThat(Misplaced.hint(List.of("-t", "5"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-e py", "-p auto", "-h", "-l", "-b", "--help", "-e py -- --timeout 5"})
  void whatIsToxsOwnOrStandsBehindItsArgumentsIsLeftAlone(String args) {
    assertThat(Misplaced.hint(List.of(args.split(" ")))).isEmpty();
  }
}
