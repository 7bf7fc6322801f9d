package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.Warnings;
import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.UserSide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a runner's tox is told to work elsewhere than in {@code .tox}, and when it is not. */
class WorkFolderTest {
  private static final String OWN = ".tox/.runner-r1";
  private static final Invocation RUN = new Invocation(List.of("-e", "py"));

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path project;

  @BeforeEach
  void aProject() throws IOException {
    project = Files.createDirectories(folder.resolve("project/deep/er")).getParent().getParent();
  }

  @Test
  void tox3IsToldByAnOptionBeforeTheUsersOwn() throws Exception {
    Tox tox = tox("tox", "3.28.0 imported from");
    assertThat(tox.args(RUN)).containsExactly("--workdir", OWN, "-e", "py");
    assertThat(tox.variable(RUN, project)).isEmpty();
  }

  @Test
  void tox4IsToldByAVariableWhereTheNearestConfigurationIs() throws Exception {
    Tox tox = tox("tox", "4.25.0 from");
    Path deep = project.resolve("deep/er");
    assertThat(tox.args(RUN)).containsExactly("-e", "py");
    assertThat(tox.variable(RUN, deep)).contains(deep.resolve(OWN).toString());
    Files.writeString(project.resolve("pyproject.toml"), "[tool.tox]\n");
    Files.writeString(deep.resolve("pyproject.toml"), "[build-system]\n");
    Files.writeString(deep.resolve("setup.cfg"), "[metadata]\n");
    assertThat(tox.variable(RUN, deep)).contains(project.resolve(OWN).toString());
    Files.writeString(project.resolve("deep/tox.ini"), "[tox]\n");
    assertThat(tox.variable(RUN, deep)).contains(project.resolve("deep").resolve(OWN).toString());
  }

  @Test
  void whoeverSaysItselfWhereToxIsToWorkIsHeeded() throws Exception {
    Tox three = tox("tox", "3.28.0 imported from");
    assertThat(three.args(RUN, Map.of("TOX_WORK_DIR", "/mine")))
        .as("tox 3 does not read the variable")
        .containsExactly("--workdir", "/mine", "-e", "py");
    assertThat(tox("tox --workdir /mine", "3.28.0 imported from").args(RUN))
        .containsExactly("-e", "py");
    environment.put("TOX_WORK_DIR", "/mine");
    assertThat(tox("tox", "3.28.0 imported from").args(RUN))
        .containsExactly("--workdir", "/mine", "-e", "py");
    assertThat(tox("tox", "4.25.0 from").variable(RUN, project)).contains("/mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c a/tox.ini",
        "-ca/tox.ini",
        "--conf a",
        "--conf=a/b.ini",
        "--root a",
        "-c b --root=a"
      })
  void tox4WorksByTheConfigurationThatTheUserNames(String options) throws Exception {
    Files.createDirectory(project.resolve("a"));
    Files.writeString(project.resolve("tox.ini"), "[tox]\n");
    Tox tox = tox("tox", "4.25.0 from");
    List<String> args = new ArrayList<>(List.of("run"));
    args.addAll(List.of(options.split(" ")));
    assertThat(tox.variable(new Invocation(args), project))
        .contains(project.resolve("a").resolve(OWN).toString());
    args.add(0, "--");
    assertThat(tox.variable(new Invocation(args), project))
        .contains(project.resolve(OWN).toString());
  }

  @Test
  void noOtherProgramIsToldOfItNorAskedForItsVersion() throws Exception {
    Invocation exec = new Invocation(List.of("tox"), Optional.empty(), true);
    assertThat(tox("tox", "3.28.0 imported from").args(exec)).containsExactly("tox");
    assertThat(tox("tox", "4.25.0 from").variable(exec, project)).isEmpty();
    try (Warnings warnings = new Warnings(WorkFolder.class)) {
      Tox other = tox("my-wrapper", "3.28.0' && touch '" + folder.resolve("asked"));
      assertThat(other.args(RUN)).containsExactly("-e", "py");
      assertThat(folder.resolve("asked")).doesNotExist();
      assertThat(warnings.messages()).hasSize(1);
    }
  }

  @Test
  void withoutAFolderNothingIsAskedOrTold() throws Exception {
    script("tox", "3.28.0' && touch '" + folder.resolve("asked"));
    RunnerConfig config = config("tox");
    WorkFolder none = WorkFolder.of(config, new Commands(config, folder.toString()));
    assertThat(none.tell(RUN, given(config, Map.of()))).isEqualTo(RUN);
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  /** A program of this name that says this of its version, and what is told to it. */
  private Tox tox(String command, String version) throws Exception {
    script(command.split(" ")[0], version);
    RunnerConfig config = config(command).withWorkFolder(OWN);
    return new Tox(config, WorkFolder.of(config, new Commands(config, folder.toString())));
  }

  private record Tox(RunnerConfig config, WorkFolder own) {
    List<String> args(Invocation run) {
      return args(run, Map.of());
    }

    List<String> args(Invocation run, Map<String, String> user) {
      return own.tell(run, given(config, user)).args();
    }

    Optional<String> variable(Invocation run, Path start) {
      RunVariables all = given(config, Map.of()).and(own.variables(run, start));
      return Optional.ofNullable(all.all().get("TOX_WORK_DIR"));
    }
  }

  private RunnerConfig config(String command) {
    return new RunnerConfig(command, environment, false, 1, 1, 1, AllowedVariables.ALL, false);
  }

  private static RunVariables given(RunnerConfig config, Map<String, String> user) {
    return RunVariables.of(config, new UserSide(Optional.empty(), false, Optional.of(user)));
  }

  private void script(String name, String version) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\necho '" + version + "'\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
