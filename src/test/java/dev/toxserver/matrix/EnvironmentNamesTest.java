package dev.toxserver.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNamesTest {
  private static final String TOO_MANY = "more than 10000 environments are named";

  @Test
  void commasAndSeveralOptionsNameEnvironmentsInTheOrderInWhichTheyWereTyped() {
    assertThat(EnvironmentNames.named(List.of("py311, lint", "py310")))
        .containsExactly("py311", "lint", "py310");
  }

  @Test
  void eachIsThereOnce() {
    assertThat(EnvironmentNames.named(List.of("lint,py311", "lint")))
        .containsExactly("lint", "py311");
  }

  @Test
  void bracesNameOneForEachOfWhatStandsInThem() {
    assertThat(EnvironmentNames.named(List.of("py{310,311}-{a,b},lint")))
        .containsExactly("py310-a", "py310-b", "py311-a", "py311-b", "lint");
    assertThat(EnvironmentNames.named(List.of("py311{,-slow}")))
        .containsExactly("py311", "py311-slow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "\u2028", "a,,b", "-x", "a b", "py{310", "py311}", "{{a}}"})
  void whatCanBeNoNameIsRefused(String typed) {
    assertThatThrownBy(() -> EnvironmentNames.named(List.of(typed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no environment's name");
  }

  @Test
  void moreThanCanBeMeantAreRefusedHoweverTheyAreTold() {
    String many = names(10_001, ",");
    assertThatThrownBy(() -> EnvironmentNames.named(List.of(many))).hasMessage(TOO_MANY);
    assertThatThrownBy(() -> EnvironmentNames.listed(names(10_001, "\n"))).hasMessage(TOO_MANY);
    assertThat(EnvironmentNames.named(List.of(names(10_000, ",")))).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{1,2,3,4,5,6,7,8}", "{a,a}{a,a}{a,a}"})
  @Timeout(10)
  void whatBracesMeanIsNotExpandedFirstAndCountedThen(String braces) {
    assertThatThrownBy(() -> EnvironmentNames.named(List.of(braces.repeat(10))))
        .hasMessage(TOO_MANY);
  }

  @Test
  void ofWhatToxPrintsOnlyLinesWithANameAreTaken() {
    assertThat(
            EnvironmentNames.listed(
                ".tox create: /src/.tox/.tox\n\npy310\r\npy311-django42\n3.12\nlint\n"))
        .containsExactly("py310", "py311-django42", "3.12", "lint");
  }

  private static String names(int count, String between) {
    return IntStream.range(0, count).mapToObj(n -> "e" + n).collect(Collectors.joining(between));
  }
}
