package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownArgumentsTest {

  @Test
  void thoseThatFitAreShownAsTheyAre() {
    assertThat(ShownArguments.of(List.of("run", "-e", "py"), 10))
        .containsExactly("run", "-e", "py");
    assertThat(ShownArguments.of(List.of(), 0)).isEmpty();
  }

  @Test
  void ofThoseThatDoNotFitTheFirstAreShownAndDotsSayThatThereAreMore() {
    assertThat(ShownArguments.of(List.of("run", "-e", "py"), 9)).containsExactly("run", "-e", "…");
    assertThat(ShownArguments.of(List.of("x".repeat(1_000), "-e"), 100)).containsExactly("…");
  }
}
