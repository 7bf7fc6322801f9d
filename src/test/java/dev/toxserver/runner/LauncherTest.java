package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LauncherTest {
  private static final String PATH = System.getenv("PATH");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>(Map.of("PATH", PATH));
  private Guardian guardian;

  @BeforeEach
  void aGuardian() throws IOException {
    guardian = Guardian.start();
  }

  @AfterEach
  void endAll() throws Exception {
    started.forEach(Process::destroyForcibly);
    guardian.dismiss();
  }

  @Test
  void theProgramLeadsAGroupOfItsOwnAndCarriesTheMarkOfTheRun() throws Exception {
    Launched launched =
        launch("sh", "-c", "read -r line </proc/self/stat; echo $$ $line; exec sleep 600");
    launched.begin();
    String[] fields = line(launched).split(" ");
    String pid = Long.toString(launched.process().pid());
    assertThat(fields[0]).isEqualTo(pid);
    assertThat(fields[5]).as("its group").isEqualTo(pid);
    assertThat(fields[6]).as("its session").isEqualTo(pid);
    assertThat(launched.survivors().kill()).isTrue();
    assertThat(launched.process().waitFor()).isEqualTo(137);
  }

  @Test
  void everythingOfAGroupIsTheRunsEvenIfItHasNoMark() throws Exception {
    String unmarked = "ulimit -S -w 9 2>/dev/null || ulimit -S -x 9; echo $$; exec sleep 600";
    Launched launched = launch("sh", "-c", "sh -c '%s' & :".formatted(unmarked));
    launched.begin();
    ProcessHandle child = ProcessHandle.of(Long.parseLong(line(launched))).orElseThrow();
    launched.process().waitFor();
    assertThat(launched.survivors().kill()).isTrue();
    child.onExit().join();
  }

  @Test
  void theProgramIsReachedByInterruptsWhateverTheServerInherited() throws Exception {
    assertThat(InheritedSignals.letInterruptsThrough(outputOf("cat", "/proc/self/status")))
        .isTrue();
  }

  @Test
  void itsInputIsEmpty() throws Exception {
    assertThat(outputOf("sh", "-c", "cat; echo end")).isEqualTo("end\n");
  }

  @Test
  void itHasTheConfiguredEnvironmentAndNothingOfTheServers() throws Exception {
    environment.putAll(
        Map.of("A", "1", "b_2", "x y", "not.a-shell.s name", "o", "9", "n", "é", "e", "(x)", "f"));
    assertThat(outputOf("sh", "-c", "tr '\\0' '\\n' </proc/self/environ").lines())
        .contains("A=1", "b_2=x y", "not.a-shell.s name=o", "9=n", "é=e", "(x)=f", "PY_COLORS=1")
        .noneMatch(each -> each.startsWith("TESTS_JAVA="))
        .doesNotHaveDuplicates();
  }

  @Test
  void whoWantsNoColoursIsHeeded() throws Exception {
    environment.put("PY_COLORS", "0");
    assertThat(outputOf("sh", "-c", "echo $PY_COLORS")).isEqualTo("0\n");
  }

  @Test
  void whereAllNamesAreAShellsNothingIsPutBeforeTheProgramForThem() throws Exception {
    script("env", "case $1 in --*) exit 1 ;; esac; echo env was run");
    environment.put("PATH", folder + ":" + PATH);
    assertThat(outputOf("sh", "-c", "echo plain")).isEqualTo("plain\n");
    environment.put("not.a-shell.s name", "o");
    assertThat(outputOf("sh", "-c", "echo plain")).isEqualTo("env was run\n");
  }

  @Test
  void theProgramMayHaveBlanksInItsPath() throws Exception {
    Path tox = script("a tox", "echo \"$0: $*\"");
    assertThat(outputOf(tox.toString(), "-e", "py")).isEqualTo(tox + ": -e py\n");
  }

  @Test
  void wordsAfterTheProgramComeBeforeTheArgumentsOfTheRequest() throws Exception {
    Path tox = script("tox", "echo \"$0: $*\"");
    Launched launched = launch(" " + tox + "  -c\tini ", "-e", "py");
    assertThat(launched.command()).containsExactly(tox.toString(), "-c", "ini", "-e", "py");
    launched.begin();
    assertThat(line(launched)).isEqualTo(tox + ": -c ini -e py");
  }

  @Test
  void aProgramThatIsMissingIsNamedWithThePathThatWasSearched() throws Exception {
    environment.put("PATH", PATH + ":/nowhere");
    assertThat(launcher("no-such -x").missingProgram().orElseThrow())
        .startsWith("'no-such' was not found on the server: ")
        .endsWith("(PATH=" + PATH + ":/nowhere)");
    assertThatThrownBy(() -> launch("no-such -x"))
        .asInstanceOf(InstanceOfAssertFactories.type(LaunchException.class))
        .extracting(LaunchException::returncode)
        .isEqualTo(RunEvent.Exit.NOT_FOUND);
    assertThat(launcher("sh").missingProgram()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsToldFromOneThatIsNoProgram() throws Exception {
    Path file = Files.createFile(folder.resolve("tox"));
    assertThatThrownBy(() -> launch(file.toString()))
        .hasMessage(file + " on the server is not executable")
        .asInstanceOf(InstanceOfAssertFactories.type(LaunchException.class))
        .extracting(LaunchException::returncode)
        .isEqualTo(RunEvent.Exit.NOT_STARTED);
    assertThatThrownBy(() -> launch(folder + "/none"))
        .hasMessage(folder + "/none was not found on the server; see serve --tox")
        .asInstanceOf(InstanceOfAssertFactories.type(LaunchException.class))
        .extracting(LaunchException::returncode)
        .isEqualTo(RunEvent.Exit.NOT_FOUND);
  }

  @Test
  void anArgumentThatNoProgramCanHaveIsToldWithTheProgram() {
    assertThatThrownBy(() -> launch("sh", "a\0b"))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith("the server could not start ")
        .hasMessageContaining("/sh: invalid null character");
  }

  @Test
  void withoutAShellNothingCanBeRunAndThePathIsTold() {
    environment.put("PATH", folder.toString());
    assertThatThrownBy(() -> Launcher.requireShell(config("sh")))
        .hasMessage(
            "there is no sh on the PATH, which is %s: correct it or install a shell"
                .formatted(folder));
    environment.put("PATH", PATH);
    assertThatCode(() -> Launcher.requireShell(config("sh"))).doesNotThrowAnyException();
    environment.remove("PATH");
    assertThatCode(() -> Launcher.requireShell(config("sh"))).doesNotThrowAnyException();
  }

  /** Then the run has no group of its own, and who shares the server's is none of the run's. */
  @Test
  void aSetsidThatDoesNotWorkIsDoneWithout() throws Exception {
    script("setsid", "exit 1");
    environment.put("PATH", folder + ":" + PATH);
    Launched launched =
        launch("sh", "-c", "read -r line </proc/self/stat; echo $line; exec sleep 600");
    launched.begin();
    String group = line(launched).split(" ")[4];
    assertThat(group)
        .isEqualTo("" + ProcessTable.read(ProcessHandle.current().pid()).orElseThrow().group());
  }

  private Path script(String name, String body) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private RunnerConfig config(String tox) {
    return new RunnerConfig(tox, environment, false, 500, 500, 65_536, AllowedVariables.ALL, false);
  }

  private Launcher launcher(String tox) throws Exception {
    return Launcher.probe(config(tox), guardian);
  }

  private Launched launch(String tox, String... args) throws Exception {
    Request.Run request = new Request.Run(new RunId("a"), List.of(args), Optional.empty());
    Launched launched = launcher(tox).launch(request, Optional.empty());
    started.add(launched.process());
    return launched;
  }

  private String outputOf(String tox, String... args) throws Exception {
    Launched launched = launch(tox, args);
    launched.begin();
    StringBuilder out = new StringBuilder();
    while (read(launched, out)) {}
    return out.toString();
  }

  private static String line(Launched launched) throws Exception {
    StringBuilder out = new StringBuilder();
    while (out.indexOf("\n") < 0 && read(launched, out)) {}
    return out.toString().strip();
  }

  private static boolean read(Launched launched, StringBuilder out) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    int length = launched.streams().outputs().get(Stream.STDOUT).read(buffer);
    out.append(new String(buffer.array(), 0, Math.max(0, length), StandardCharsets.UTF_8));
    return length > 0;
  }
}
