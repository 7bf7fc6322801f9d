package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserVariablesTest {
  private static final Map<String, String> COLOURED = Map.of("PY_COLORS", "1", "FORCE_COLOR", "1");

  @Test
  void whatDescribesTheUsersSideGoesAlongAndNothingElse() {
    Map<String, String> all = new HashMap<>();
    UserVariables.NAMES.forEach(name -> all.put(name, "of " + name));
    Map<String, String> wanted = Map.copyOf(all);
    all.putAll(Map.of("PATH", "/bin", "HOME", "/root", "LD_PRELOAD", "x", "AWS_SECRET", "y"));

    assertThat(UserVariables.of(all)).isEqualTo(wanted);
  }

  /** Those of CI, for one: a test would find them in what it runs. */
  @Test
  void whoStartsTheTestsHandsThemNone() {
    assumeTrue(System.getenv().containsKey("TESTS_JAVA"), "not started by Maven");
    assertThat(System.getenv()).doesNotContainKeys(UserVariables.NAMES.toArray(String[]::new));
  }

  @Test
  void whoCantSeeThatSomebodySeesColoursIsAskedForThem() {
    assertThat(asked(Map.of())).isEqualTo(COLOURED);
    assertThat(asked(Map.of("TERM", "xterm"))).containsAllEntriesOf(COLOURED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO_COLOR=1",
        "NO_COLOR=",
        "FORCE_COLOR=0",
        "CLICOLOR=0",
        "CLICOLOR_FORCE=1",
        "PY_COLORS=0",
        "TERM=dumb"
      })
  void whatTheUserSaysOfColoursIsLeftAsItIs(String variable) {
    Map<String, String> said = Map.of(variable.split("=")[0], variable.split("=", 2)[1]);
    assertThat(asked(said)).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "HOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "VIRTUALENV_PYTHON",
        "TOX_SERVER_PORT"
      })
  void whatSaysWhereThingsAreIsToldFromTheRest(String name) {
    assertThat(UserVariables.isOfPlace(name)).isTrue();
    assertThat(UserVariables.isOfPlace("MY_" + name)).isFalse();
    assertThat(UserVariables.NAMES).noneMatch(UserVariables::isOfPlace);
  }

  private static Map<String, String> asked(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    UserVariables.askForColours(all);
    return all;
  }

  @Test
  void theReadmeHasTheSameList() throws IOException {
    String readme = Files.readString(Path.of("README.md")).replaceAll("\\s+", " ");
    assertThat(readme).contains("`" + String.join(" ", UserVariables.NAMES) + "`");
  }

  @Test
  void aNameIsOneIfAShellCouldHaveIt() {
    assertThat(new String[] {"a", "_", "A_9", "NO_COLOR"}).allMatch(UserVariables::isName);
    assertThat(new String[] {"", "9a", "a b", "a.b", "ä", "a=", "a\n"})
        .noneMatch(UserVariables::isName);
  }
}
