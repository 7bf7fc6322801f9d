package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTokenTest {
  private static final String SECRET = "a-token-of-runners";

  @TempDir Path folder;

  @Test
  void theServerMakesTheFileForItselfAloneAndARunnerShowsWhatIsInIt() throws Exception {
    Path file = folder.resolve("runner-token");
    Settings settings = with(Map.of(Setting.RUNNER_TOKEN_FILE, file.toString()));

    RunnerAccess access = decide(settings).runners();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(access.isOpen()).isFalse();
    Token shown = RunnerToken.shown(settings, false).showTo(Optional.empty(), 0, 0).orElseThrow();
    assertThat(access.admits(shown.secret())).isTrue();
    assertThat(decide(settings).runners()).as("it stays").isEqualTo(access);
  }

  @Test
  void aRunnerThatIsThereBeforeItsServerFindsItLater() throws Exception {
    Path file = folder.resolve("runner-token");
    ShownToken token =
        RunnerToken.shown(with(Map.of(Setting.RUNNER_TOKEN_FILE, file.toString())), false);
    assertThatThrownBy(() -> token.showTo(Optional.empty(), 0, 0))
        .isInstanceOf(InvalidSettingException.class);

    Files.writeString(file, SECRET);

    assertThat(token.showTo(Optional.empty(), 0, 0)).contains(new Token(SECRET));
  }

  /** As localhost does where a hosts file or a name server says so. */
  @Test
  void aNameThatStandsForAnotherMachineIsShownNothingUnlessItIsTrusted() {
    Settings settings = new Settings(Map.of(), Map.of("TOX_SERVER_RUNNER_TOKEN", SECRET), Map.of());
    assertThatThrownBy(
            () -> RunnerToken.shown(settings, false).showTo(Optional.of("192.0.2.1"), 1, 1))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("192.0.2.1 is another machine's address");
    assertThat(RunnerToken.shown(settings, true).showTo(Optional.of("192.0.2.1"), 1, 1))
        .isPresent();
  }

  @Test
  void withoutOneNoRunnerJoinsAServerThatWantsTokens() {
    assertThat(decide(with(Map.of())).runners()).isEqualTo(RunnerAccess.CLOSED);
  }

  @Test
  void theClientsTokenIsNoneForRunners() {
    Settings both =
        new Settings(
            Map.of(),
            Map.of("TOX_SERVER_TOKEN", SECRET, "TOX_SERVER_RUNNER_TOKEN", SECRET),
            Map.of());
    assertThatThrownBy(() -> decide(both)).hasMessageContaining("could make results up");
  }

  @Test
  void whoAsksNobodyForATokenAsksNoRunner() {
    Settings settings =
        new Settings(
            Map.of(Setting.AUTH, "false"), Map.of("TOX_SERVER_RUNNER_TOKEN", SECRET), Map.of());
    assertThatThrownBy(() -> decide(settings)).hasMessageContaining("asks no runner");
  }

  private Access decide(Settings settings) {
    Environment environment =
        new Environment(
            Map.of("XDG_STATE_HOME", folder.resolve("state").toString()), folder, List.of());
    return Access.decide(
        settings,
        new ServerConfig.Listen("127.0.0.1", 0, Optional.empty(), Optional.empty()),
        environment);
  }

  private static Settings with(Map<Setting, String> given) {
    return new Settings(given, Map.of(), Map.of());
  }
}
