package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TokenCommandTest {

  @ParameterizedTest
  @CsvSource({"1s,1", "30m,1800", "8h,28800", "7d,604800"})
  void aTimeIsANumberAndAUnit(String text, long seconds) {
    assertThat(TokenText.seconds(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "h", "8", "0h", "-1h", "8x", "1.5h", "11000d", "9223372036854775807d"})
  void whatIsNoTimeIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> TokenText.seconds(text)).isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "token create!Missing required option: '--may=read|run|all'",
        "token create --may some!'some' is none of read, run and all",
        "token create --may read --args x!--args is for --may run",
        "token create --may read --for 8!'8' is no time such as 30m, 8h or 7d",
        "token revoke!Missing required parameter: 'ID'",
        "token lst!Did you mean 'list'?"
      })
  void whatIsWrongIsSaidInOneLine(String line, String message) {
    CommandLineResult result = CommandLineResult.of(("-p 1 " + line).split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "list", "revoke"})
  void eachHasAHelpWithAnExampleAndTheOptionsThatFindTheServer(String word) {
    assertThat(CommandLineResult.of("token", word, "--help").out())
        .contains("Example: tox-server token " + word, "-p, --port", "--token-file");
  }

  @Test
  void tokensAreATableWithoutSecrets() {
    TokenStatus first =
        new TokenStatus(
            "t1",
            Scope.RUN,
            List.of("-e py311", "-e lint"),
            Optional.empty(),
            0,
            OptionalLong.empty());
    assertThat(TokenText.table(List.of(first)).lines())
        .hasSize(2)
        .last()
        .asString()
        .matches("t1  run  19[67]\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d  never    '-e py311', '-e lint'");
  }
}
