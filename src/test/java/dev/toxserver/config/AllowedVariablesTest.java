package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedVariablesTest {

  @Test
  void aServerTakesWhatItIsGivenUnlessItIsToldOtherwise() {
    assertThat(of(Map.of()).allows("CI")).isTrue();
    assertThat(of(Map.of()).allows("PATH")).isTrue();
    assertThat(of(Map.of(Setting.ENV, "false")).allows("CI")).isFalse();
  }

  @Test
  void itMayTakeSomeByNameAndSomeByTheirBeginning() {
    AllowedVariables some = of(Map.of(Setting.ENV_ALLOW, "CI, PYTEST_*,TOXENV"));

    assertThat(new String[] {"CI", "PYTEST_ADDOPTS", "PYTEST_", "TOXENV"}).allMatch(some::allows);
    assertThat(new String[] {"CI_", "XCI", "PYTEST", "XPYTEST_", "TOXENV2", "ci"})
        .noneMatch(some::allows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOX_SERVER_TOKEN",
        "TOX_SERVER_TOKEN_FILE",
        "TOX_SERVER_RUNNER_TOKEN",
        "TOX_SERVER_RUNNER_TOKEN_FILE",
        "TOX_SERVER_TLS_CERT",
        "TOX_SERVER_TLS_KEY",
        "a.b",
        "",
        "BASH_FUNC_x%%"
      })
  void secretsAndNamesThatAreNoneAreNeverTaken(String name) {
    assertThat(AllowedVariables.ALL.allows(name)).isFalse();
    assertThat(of(Map.of(Setting.ENV_ALLOW, "*,TOX_SERVER_*")).allows(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A*B", "*A", "A=1", "a.b", "**", "A,9"})
  void whatIsNoNameIsAWrongSetting(String names) {
    assertThatThrownBy(() -> of(Map.of(Setting.ENV_ALLOW, names)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("env-allow: '")
        .hasMessageEndingWith("' is not the name of a variable, perhaps with * at its end");
  }

  private static AllowedVariables of(Map<Setting, String> given) {
    return AllowedVariables.from(new Settings(given, Map.of(), Map.of()));
  }
}
