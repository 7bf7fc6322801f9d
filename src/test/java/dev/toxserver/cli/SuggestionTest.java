package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {

  @ParameterizedTest
  @CsvSource({
    "rnu,run",
    "rin,run",
    "rum,run",
    "statsu,status",
    "atach,attach",
    "pnig,ping",
    "lgos,logs",
    "serv,serve",
    "cancle,cancel",
    "qiut,quit",
    "hlep,help",
    "re-run,rerun"
  })
  void aTypingErrorFindsTheWord(String typed, String meant) {
    assertThat(Suggestion.nearest(typed, commands())).contains(meant);
  }

  @Test
  void aWordIsNoSuggestionForWhatSharesNoLetterWithIt() {
    assertThat(Suggestion.nearest("xx", List.of("ab"))).isEmpty();
    assertThat(Suggestion.nearest("xb", List.of("ab"))).contains("ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "tox", "py311", "", "x", "a-very-long-word-of-another-kind"})
  void whatIsLikeNoneFindsNone(String typed) {
    assertThat(Suggestion.nearest(typed, commands())).isEmpty();
  }

  @Test
  void neighboursThatChangedPlacesAreOneError() {
    assertThat(Suggestion.distance("rnu", "run")).isOne();
    assertThat(Suggestion.distance("rerun", "run")).isEqualTo(2);
    assertThat(Suggestion.distance("", "run")).isEqualTo(3);
    assertThat(Suggestion.distance("run", "run")).isZero();
  }

  private static List<String> commands() {
    return java.util.stream.Stream.of(ToxServer.LOCAL, ToxServer.REMOTE)
        .flatMap(Set::stream)
        .sorted()
        .toList();
  }
}
