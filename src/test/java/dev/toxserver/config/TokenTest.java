package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(new Token("sesame")).hasToString("Token[hidden]");
  }

  @Test
  void onlyTheWholeTokenMatches() {
    Token token = new Token("sesame");

    assertThat(token.matches("sesame")).isTrue();
    assertThat(token.matches("sesam")).isFalse();
    assertThat(token.matches("sesame ")).isFalse();
    assertThat(token.matches("Sesame")).isFalse();
    assertThat(token.matches("")).isFalse();
    assertThat(token.matches("\ud800")).isFalse();
  }

  /** A race between clocks would prove little: that the JDK's own comparison is used, does. */
  @Test
  void itIsComparedInConstantTime() throws IOException {
    Path source = Path.of("src", "main", "java", "dev", "toxserver", "config", "Token.java");

    assertThat(Files.readString(source))
        .contains("MessageDigest.isEqual(")
        .doesNotContain(".equals(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\tb", "a\u0000b", "a\u007fb", "schl\u00fcssel"})
  void nothingElseIsATokenAndTheErrorDoesNotShowIt(String secret) {
    assertThatThrownBy(() -> new Token(secret))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("the token must be 1 to 4096 letters, digits and signs, without blanks");
  }

  @Test
  void itHasAtMost4096Characters() {
    assertThat(new Token("x".repeat(4_096)).secret()).hasSize(4_096);
    assertThatThrownBy(() -> new Token("x".repeat(4_097)))
        .isInstanceOf(InvalidSettingException.class);
  }

  @Test
  void aFileMayEndItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "sesame\r\n");

    assertThat(Token.read(file)).isEqualTo(new Token("sesame"));
  }

  @Test
  void aFileThatCanNotBeReadIsNamed() {
    assertThatThrownBy(() -> Token.read(folder.resolve("none")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("the token file " + folder.resolve("none") + " can't be read");
  }

  @Test
  void aFileThatIsNamedWinsOverTheVariableAndThatOverTheProject() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "file");
    TokenFile.obtain(folder);
    Map<String, String> variable = Map.of("TOX_SERVER_TOKEN", "variable");
    Map<Setting, String> flag = Map.of(Setting.TOKEN_FILE, file.toString());

    assertThat(Token.forClient(new Settings(flag, variable, Map.of()), folder).get())
        .contains(new Token("file"));
    assertThat(Token.forClient(new Settings(Map.of(), variable, Map.of()), folder).get())
        .contains(new Token("variable"));
    assertThat(Token.forClient(new Settings(Map.of(), Map.of(), Map.of()), folder).get())
        .contains(TokenFile.obtain(folder));
  }
}
