package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Usual;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  @ParameterizedTest
  @CsvSource({
    "0,false,passed in 41.2 s",
    "1,false,failed in 41.2 s",
    "130,true,cancelled after 41.2 s",
    "0,true,cancelled after 41.2 s"
  })
  void itSaysWhatBecameOfTheRunAndHowLongThatTook(int code, boolean cancelled, String words) {
    RunEvent.Exit exit =
        new RunEvent.Exit(0, code, cancelled, Optional.of(41_204L), Optional.empty());
    assertThat(Verdict.words(exit)).isEqualTo(words);
    assertThat(exit.isGood()).isEqualTo(words.startsWith("passed"));
  }

  @Test
  void aRunThatWasNotStartedTookNoTime() {
    assertThat(Verdict.words(new RunEvent.Exit(0, 127, false, Optional.of("no tox"))))
        .isEqualTo("failed");
  }

  @ParameterizedTest
  @CsvSource({"740,0.7 s", "9949,9.9 s", "9950,10 s", "38499,38 s", "125400,2 min 05 s"})
  void howLongItUsuallyTakesIsToldRoughly(long millis, String text) {
    assertThat(Verdict.words(new Usual(millis, 12))).isEqualTo(" (usual: " + text + ", n = 12)");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0 s",
    "49,0.0 s",
    "50,0.1 s",
    "3100,3.1 s",
    "59949,59.9 s",
    "59950,1 min 00 s",
    "125400,2 min 05 s",
    "130000,2 min 10 s",
    "3599499,59 min 59 s",
    "3599500,1 h 00 min",
    "3720000,1 h 02 min",
    "93600000,26 h 00 min"
  })
  void aTimeHasTwoUnitsAtMost(long millis, String text) {
    assertThat(Verdict.time(millis)).isEqualTo(text);
  }
}
