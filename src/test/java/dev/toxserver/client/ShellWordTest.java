package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

  @ParameterizedTest
  @ValueSource(strings = {"-e", "py311,lint", "--opt=a/b.c:d", "user@host", "50%", "é"})
  void whatNeedsNoQuotesGetsNone(String word) {
    assertThat(ShellWord.quote(word)).isEqualTo(word);
  }

  @Test
  void nothingThatATerminalObeysIsLeft() {
    assertThat(ShellWord.quote("\u001b[2Ja\n\u202eb'\\"))
        .isEqualTo("$'\\U0000001b[2Ja\\n\\U0000202eb\\'\\\\'");
  }

  @Test
  void aLineIsCutOnlyIfItIsTooLong() {
    assertThat(ShellWord.line(List.of("ab", "cd"), 5)).isEqualTo("ab cd");
    assertThat(ShellWord.line(List.of("ab", "cde"), 5)).isEqualTo("ab c…");
  }

  @Test
  void aShellReadsBackWhatItWas() throws Exception {
    List<String> words =
        List.of(
            "", " ", "a b", "it's", "\\", "$HOME", "`x`", "a\nb'c\\d", "*", "~", "é 中", "\u0001");
    String line = words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));

    assertThat(bash("printf '%s\\0' " + line)).isEqualTo(String.join("\0", words) + "\0");
  }

  private static String bash(String script) throws IOException {
    Process process = new ProcessBuilder("bash", "-c", script).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
