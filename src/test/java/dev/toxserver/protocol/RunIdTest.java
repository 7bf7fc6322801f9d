package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "_", "-", "azAZ09_-"})
  void lettersDigitsUnderlineAndHyphenAreAllowed(String value) {
    assertThat(new RunId(value).value()).isEqualTo(value);
    assertThat(new RunId(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a.b", "a/b", "ä", "a\n", "\na", "*", "#", "a\0"})
  void anythingElseIsRefusedByName(String value) {
    assertThatThrownBy(() -> new RunId(value))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("id: ");
  }

  @Test
  void sixtyFourCharactersAreTheMost() {
    assertThat(new RunId("x".repeat(64)).value()).hasSize(64);
    assertThatThrownBy(() -> new RunId("x".repeat(65))).isInstanceOf(MalformedException.class);
  }

  @Test
  void twoRandomIdsDiffer() {
    assertThat(RunId.random()).isNotEqualTo(RunId.random());
  }
}
