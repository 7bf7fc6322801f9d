package dev.toxserver.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.TerminalSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ScriptTerminalTest {
  private final ScriptTerminal terminal = new ScriptTerminal(new TerminalSize(80, 24));

  @Test
  void wordsAndTheUsersShellArriveAsTheyAre() throws Exception {
    List<String> words = List.of("", "a  b", "it's", "\"$HOME\" `id` \\ *", "é\nx");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "printf '<%s>' \"$SHELL\" \"$@\"", "sh"));
    command.addAll(words);
    assertThat(outputOf(command, Map.of("SHELL", "/no such/it's")))
        .isEqualTo("</no such/it's><><a  b><it's><\"$HOME\" `id` \\ *><é\r\nx>");
  }

  @Test
  void whoHasNoShellGetsNone() throws Exception {
    assertThat(outputOf(List.of("sh", "-c", "echo ${SHELL-none}"), Map.of())).isEqualTo("none\r\n");
  }

  @Test
  void theExitCodeIsTheProgramsOwnAndASignalsToo() throws Exception {
    for (int code : new int[] {0, 3, 127, 130, 139}) {
      assertThat(start(List.of("sh", "-c", "exit " + code), Map.of()).waitFor()).isEqualTo(code);
    }
    assertThat(start(List.of("sh", "-c", "kill -9 $$"), Map.of()).waitFor()).isEqualTo(137);
  }

  @Test
  void itTakesWhatOneArgumentCanHave() {
    assertThat(ScriptTerminal.fits(List.of("a".repeat(100_000)))).isTrue();
    assertThat(ScriptTerminal.fits(List.of("a".repeat(131_000)))).isFalse();
    assertThat(ScriptTerminal.fits(List.of("'".repeat(50_000)))).isFalse();
  }

  @Test
  void whereThereIsNoScriptThatIsSeen() throws Exception {
    assertThat(ScriptTerminal.isThere(System.getenv())).isTrue();
    assertThat(ScriptTerminal.isThere(Map.of("PATH", "/nowhere"))).isFalse();
  }

  @Test
  void aProcessWithoutATerminalHasNoSize() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    assertThatThrownBy(() -> terminal.resize(process, new TerminalSize(1, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no terminal");
  }

  private Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(terminal.wrap(command, environment));
    builder.environment().remove("SHELL");
    return builder.redirectErrorStream(true).start();
  }

  private String outputOf(List<String> command, Map<String, String> environment) throws Exception {
    Process process = start(command, environment);
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
