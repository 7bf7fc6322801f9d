package dev.toxserver.client.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.console.Escapes.Wish;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
  private final List<Wish> wishes = new ArrayList<>();
  private final Escapes escapes = new Escapes(true, wishes::add);

  @Test
  void atTheStartOfALineATildeAndAKeyAreForTheClient() {
    assertThat(type("~?~\032ls\r~.")).isEqualTo("ls\r");
    assertThat(wishes).containsExactly(Wish.HELP, Wish.SUSPEND, Wish.LEAVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a~.", "a~?", "\r ~.", "~/bin\r", "\r~x", "~\r"})
  void allElseIsTheProgramsUnchanged(String keys) {
    assertThat(type(keys)).isEqualTo(keys);
    assertThat(wishes).isEmpty();
  }

  @Test
  void twoTildesAreOneOfTheProgramsAndNothingBegins() {
    assertThat(type("~~.\n~~?")).isEqualTo("~.\n~?");
    assertThat(wishes).isEmpty();
  }

  @Test
  void keysMayComeOneByOne() {
    assertThat(type("x\r") + type("~") + type(".")).isEqualTo("x\r");
    assertThat(wishes).containsExactly(Wish.LEAVE);
  }

  @Test
  void aTildeWaitsForTheKeyBehindItAndGoesWithIt() {
    assertThat(type("~")).isEmpty();
    assertThat(type("a")).isEqualTo("~a");
  }

  @Test
  void afterHelpTheLineStillStarts() {
    assertThat(type("~?~.")).isEmpty();
    assertThat(wishes).containsExactly(Wish.HELP, Wish.LEAVE);
  }

  @Test
  void ctrlZAloneSuspendsOnlyWhereItIsTheClients() {
    assertThat(type("a\032b")).isEqualTo("ab");
    assertThat(wishes).containsExactly(Wish.SUSPEND);
    Escapes ofExec = new Escapes(false, wishes::add);
    byte[] keys = "a\032b\r~\032".getBytes(ISO_8859_1);
    assertThat(ofExec.pass(keys)).isEqualTo("a\032b\r".getBytes(ISO_8859_1));
    assertThat(wishes).containsExactly(Wish.SUSPEND, Wish.SUSPEND);
  }

  @Test
  void everyByteIsPassedOn() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(new Escapes(false, wishes::add).pass(all)).isEqualTo(all);
  }

  private String type(String keys) {
    return new String(escapes.pass(keys.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}
