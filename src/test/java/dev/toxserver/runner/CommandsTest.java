package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exec executes; LauncherTest has what a run of tox does. */
class CommandsTest {
  @TempDir Path folder;

  @Test
  void aProgramIsFoundOnTheServersPathWithItsArgumentsAsTheyAre() throws Exception {
    Path program = program("bin/tool");
    assertThat(command("tool", "-x", "", "a  b"))
        .containsExactly(program.toString(), "-x", "", "a  b");
  }

  @Test
  void aPathIsRelativeToTheFolderWhereItStarts() throws Exception {
    Path program = program("sub/run.sh");
    assertThat(command("./sub/run.sh"))
        .hasSize(1)
        .allMatch(each -> Path.of(each).normalize().equals(program));
    assertThat(command(program.toString())).containsExactly(program.toString());
  }

  @Test
  void whatIsNotThereAndWhatIsNoProgramAreToldAsAShellTellsThem() throws Exception {
    Files.createFile(folder.resolve("plain"));
    assertRefused("none", 127, "'none' was not found on the server (PATH=" + folder + "/bin)");
    assertRefused("./none", 127, folder + "/./none was not found on the server");
    assertRefused("./plain", 126, folder + "/./plain on the server is not executable");
    assertRefused("/", 126, "/ on the server is not executable");
    assertRefused("", 127, "'' was not found on the server (PATH=" + folder + "/bin)");
    assertRefused("a\0/b", 127, "no program can have such a name");
  }

  private void assertRefused(String program, int returncode, String message) {
    assertThatThrownBy(() -> command(program))
        .hasMessage(message)
        .asInstanceOf(InstanceOfAssertFactories.type(LaunchException.class))
        .extracting(LaunchException::returncode)
        .isEqualTo(returncode);
  }

  private List<String> command(String... words) throws LaunchException {
    RunnerConfig config =
        new RunnerConfig("tox", Map.of(), false, 1, 1, 1, AllowedVariables.ALL, false);
    return new Commands(config, folder + "/bin")
        .of(new Invocation(List.of(words), Optional.empty(), true), folder);
  }

  private Path program(String name) throws IOException {
    Path program = folder.resolve(name);
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
