package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  @TempDir Path folder;

  @Test
  void aNewOneIs256RandomBitsInHexadecimal() {
    assertThat(Token.random().secret())
        .matches("[0-9a-f]{64}")
        .isNotEqualTo(Token.random().secret());
  }

  @Test
  void itNeverShowsItself() {
    assertThat(new Token("opensesame-123456")).hasToString("Token[hidden]");
  }

  @Test
  void onlyTheWholeTokenMatches() {
    Token token = new Token("opensesame-123456");

    assertThat(token.matches("opensesame-123456")).isTrue();
    assertThat(token.matches("opensesame-12345")).isFalse();
    assertThat(token.matches("opensesame-123456 ")).isFalse();
    assertThat(token.matches("Sesame")).isFalse();
    assertThat(token.matches("")).isFalse();
    assertThat(token.matches("\ud800")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "                ",
        "fifteen-letters",
        "a blank-within-it",
        "a\ttab-within-it--",
        "a\u0000null-within-it-",
        "a\u007fdelete-within-it",
        "schl\u00fcssel-schl\u00fcssel"
      })
  void nothingElseIsATokenAndTheErrorDoesNotShowIt(String secret) {
    assertThatThrownBy(() -> new Token(secret))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("the token must be 16 to 4096 letters, digits and signs, without blanks");
  }

  @Test
  void itHasFrom16To4096Characters() {
    assertThat(new Token("x".repeat(16)).secret()).hasSize(16);
    assertThat(new Token("x".repeat(4_096)).secret()).hasSize(4_096);
    assertThatThrownBy(() -> new Token("x".repeat(4_097)))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void aFileMayEndItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "opensesame-123456\r\n");

    assertThat(Token.read(file)).isEqualTo(new Token("opensesame-123456"));
  }

  @Test
  void aFileThatCanNotBeReadIsNamed() {
    assertThatThrownBy(() -> Token.read(folder.resolve("none")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("the token file " + folder.resolve("none") + " can't be read");
  }

  @Test
  void aFileThatHoldsNoTokenIsNamedAndNotShown() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "sesame\n");

    assertThatThrownBy(() -> Token.read(file))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(file + ": the token must be 16 to 4096 ")
        .hasMessageNotContaining("sesame");
  }

  /** Read whole, it would be an OutOfMemoryError: it is longer than any array. */
  @Test
  void ofAFileOfGigabytesOnlyTheBeginningIsRead() throws IOException {
    Path file = folder.resolve("huge");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }

    assertThatThrownBy(() -> Token.read(file))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("must be 16 to 4096");
  }

  @ParameterizedTest
  @CsvSource({
    "COMMAND_LINE, file",
    "ENVIRONMENT, file",
    "SETTINGS_FILE, variable",
  })
  void aFileWinsOverTheVariableUnlessThatIsTheStrongerSource(String source, String winner)
      throws IOException {
    String path = Files.writeString(folder.resolve("secret"), "of-the-file-012345").toString();
    Map<Setting, String> named = Map.of(Setting.TOKEN_FILE, path);
    Map<String, String> variables = new HashMap<>(Map.of("TOX_SERVER_TOKEN", "of-the-variable-0"));
    if (source.equals("ENVIRONMENT")) {
      variables.put("TOX_SERVER_TOKEN_FILE", path);
    }
    Settings settings =
        new Settings(
            source.equals("COMMAND_LINE") ? named : Map.of(),
            variables,
            source.equals("SETTINGS_FILE") ? named : Map.of());

    assertThat(Token.given(settings).orElseThrow().secret()).startsWith("of-the-" + winner);
  }
}
