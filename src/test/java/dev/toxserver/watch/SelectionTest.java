package dev.toxserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void allIsWhatWasGiven() {
    assertThat(of("-e", "py", "--", "-x").args()).containsExactly("-e", "py", "--", "-x");
    assertThat(of("-q", "--").args()).containsExactly("-q", "--");
    assertThat(of().args()).isEmpty();
  }

  @Test
  void chosenEnvironmentsStandInThePlaceOfThoseThatWereGiven() {
    Optional<String> lint = Optional.of("lint");
    assertThat(of("-q", "-e", "py", "-epy2", "--", "-e").withEnvironments(lint).args())
        .containsExactly("-q", "-e", "lint", "--", "-e");
    assertThat(of("run").withEnvironments(lint).args()).containsExactly("run", "-e", "lint");
  }

  @Test
  void wordsForTheTestsStandBehindThoseThatWereGiven() {
    assertThat(of("-q").withPattern(List.of("-k", "a or b")).args())
        .containsExactly("-q", "--", "-k", "a or b");
    assertThat(of("-q", "--", "-x").withPattern(List.of("t")).withDebugger(true).args())
        .containsExactly("-q", "--", "-x", "t", "--pdb");
  }

  @Test
  void theDebuggerIsLeftAgain() {
    assertThat(of("-q").withDebugger(true).withDebugger(false).args()).containsExactly("-q");
  }

  private static Selection of(String... given) {
    return Selection.all(List.of(given));
  }
}
