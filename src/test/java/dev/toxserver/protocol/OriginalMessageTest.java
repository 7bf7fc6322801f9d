package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.OriginalMessage.Command;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages as the original's client writes and reads them. */
class OriginalMessageTest {
  @Test
  void aRequestIsReadAsTheOriginalWritesIt() {
    OriginalMessage run =
        decode("{'command': 'RUN', 'args': {'tox': ['-e', 'py']}, 'timeout': 0.5, 'version': 1}");
    assertThat(run.command()).isEqualTo(Command.RUN);
    assertThat(run.tox()).containsExactly("-e", "py");
    assertThat(run.timeout()).contains(0.5);
    assertThat(decode("{'command': 'CANCEL', 'args': {'command': 'RUN'}}").target())
        .isEqualTo("RUN");
  }

  @Test
  void aTimeoutThatIsNoFractionCountsForNone() {
    assertThat(decode("{'command': 'PING', 'args': null, 'timeout': 5}").timeout()).isEmpty();
    assertThat(decode("{'command': 'PING', 'args': null, 'timeout': null}").timeout()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]|JSON decode error",
        "{data|JSON decode error",
        "{'args': null}|JSON missing key: 'command'",
        "{'command': 'PING'}|JSON missing key: 'args'",
        "{'command': 'FOO', 'args': null}|Unknown command: FOO",
        "{'command': 7, 'args': null}|Unknown command: 7"
      })
  void whatIsNoRequestIsRefusedInTheOriginalsWords(String text, String why) {
    assertThatThrownBy(() -> decode(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "{'tox': 'py'}", "{'tox': ['a', 1]}"})
  void aRunWithoutAnArrayOfStringsIsRefused(String args) {
    OriginalMessage run = decode("{'command': 'RUN', 'args': " + args + "}");
    assertThatThrownBy(run::tox)
        .isInstanceOf(MalformedException.class)
        .hasMessage("args: tox must be an array of strings");
  }

  @Test
  void aNameThatIsNoCommandIsRepeatedInShort() {
    String name = "X".repeat(1000);
    assertThatThrownBy(() -> decode("{'command': '" + name + "', 'args': null}"))
        .hasMessageMatching("message: Unknown command: X{100}…");
    assertThat(decode("{'command': 'CANCEL', 'args': {'command': '" + name + "'}}").target())
        .hasSize(101);
  }

  @Test
  void answersAreWrittenAsTheOriginalReadsThem() {
    assertThat(json(OriginalMessage.output(Stream.STDERR, "hello".getBytes())))
        .isEqualTo("{'command':'OUTPUT','args':{'data':'Xk~0{Zv','stream':'STDERR'},'version':1}");
    assertThat(json(OriginalMessage.exit(3, List.of("-e"))))
        .isEqualTo("{'command':'RUN','args':{'returncode':3,'args':['-e']},'version':1}");
    assertThat(json(OriginalMessage.alreadyStarted(Command.RUN)))
        .isEqualTo(
            "{'command':'ERR','args':{'message':'A task has already started.','command':'RUN'},'version':1}");
  }

  private static OriginalMessage decode(String text) {
    return OriginalMessage.decode(Buffer.buffer(text.replace('\'', '"')));
  }

  private static String json(OriginalMessage message) {
    return message.encode().toString().replace('"', '\'');
  }
}
