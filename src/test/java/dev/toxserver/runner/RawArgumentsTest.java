package dev.toxserver.runner;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RawArgumentsTest {
  private static final String C_LOCALE = "ANSI_X3.4-1968";

  @ParameterizedTest
  @ValueSource(strings = {"é", "\u0080", "日本 語", "é \\0101 \\n \\\\", "é\n\n", " é ", "%s é"})
  void anArgumentThatTheLocaleDoesNotKnowArrivesAsItIs(String odd) throws Exception {
    List<String> command = List.of("printf", "<%s>", odd, "", "-n", "$(id)");
    List<String> escaped = RawArguments.protect(command, C_LOCALE);
    assertThat(US_ASCII.newEncoder().canEncode(String.join("", escaped))).isTrue();
    Process process = new ProcessBuilder(escaped).start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("<%s><><-n><$(id)>".replace("%s", odd));
  }

  @Test
  void whatTheLocaleKnowsIsLeftAlone() {
    List<String> plain = List.of("printf", "a\\b\u007f");
    assertThat(RawArguments.protect(plain, C_LOCALE)).isSameAs(plain);
    List<String> odd = List.of("printf", "é");
    assertThat(RawArguments.protect(odd, "utf-8")).isSameAs(odd);
  }

  @Test
  void theLocaleIsTheOneThatJavaHasFound() {
    List<String> odd = List.of("printf", "é");
    assertThat(RawArguments.protect(odd))
        .isEqualTo(RawArguments.protect(odd, System.getProperty("sun.jnu.encoding")));
  }
}
