package dev.toxserver.server.door.zmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original's requests are in frames of ours, and our frames in its messages. */
class DialogueTest {
  private static final String RUN = "{'command': 'RUN', 'args': {'tox': ['-e', 'py']}}";

  private final List<JsonObject> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Dialogue dialogue = new Dialogue(asked::add, parts -> told.add(shown(parts)));

  @Test
  void aRunIsRegisteredForAndAskedFor() {
    ask("{'command': 'RUN', 'args': {'tox': ['-e', 'py']}, 'timeout': 0.5}");
    assertThat(asked)
        .extracting(each -> each.getString("type"))
        .containsExactly("register", "send");
    JsonObject body = asked.get(1).getJsonObject("body");
    assertThat(asked.get(0).getString("address")).isEqualTo("tox.output." + body.getString("id"));
    assertThat(body.getJsonArray("args")).containsExactly("-e", "py");
    assertThat(body.getDouble("timeout")).isEqualTo(0.5);
  }

  @Test
  void itsEventsAreToldUntilItsExitInTheEnvelopeInWhichItCame() {
    dialogue.sent(parts("router", "", RUN));
    assertThat(event(new RunEvent.Started(0, 7, List.of("tox")))).isEmpty();
    assertThat(event(new RunEvent.Output(1, Stream.STDOUT, "hello".getBytes())))
        .startsWith("router||{'command':'OUTPUT'")
        .contains("'data':'Xk~0{Zv','stream':'STDOUT'");
    assertThat(event(RunEvent.Heartbeat.STARTED)).contains("'HEARTBEAT'", "'state':'STARTED'");
    assertThat(event(new RunEvent.Exit(2, 5, false, Optional.empty())))
        .contains("{'returncode':5,'args':['-e','py']}");
    assertThat(event(new RunEvent.Exit(3, 5, false, Optional.empty()))).isEmpty();
  }

  @Test
  void oneThatNeverBeganIsToldAsTheOriginalTellsIt() {
    ask(RUN);
    assertThat(event(new RunEvent.Exit(0, 130, true, Optional.empty())))
        .contains("'ERR'", "Command RUN was cancelled.");
    ask(RUN);
    assertThat(event(new RunEvent.Exit(0, 127, false, Optional.of("no tox"))))
        .contains("'ERR'", "no tox");
  }

  @Test
  void oneThatHadBegunAndWasCancelledHasItsExitCode() {
    ask(RUN);
    event(new RunEvent.Started(0, 7, List.of("tox")));
    assertThat(event(new RunEvent.Exit(1, 130, true, Optional.empty())))
        .contains("{'returncode':130,");
  }

  @Test
  void theNextRunEndsTheRegistrationOfTheOneBefore() {
    ask(RUN);
    event(new RunEvent.Exit(0, 0, false, Optional.empty()));
    String before = asked.get(0).getString("address");
    asked.clear();
    ask(RUN);
    assertThat(asked)
        .extracting(each -> each.getString("type"))
        .containsExactly("unregister", "register", "send");
    assertThat(asked.get(0).getString("address")).isEqualTo(before);
  }

  @Test
  void oneOfEachKindCanBeUnderWay() {
    ask(RUN);
    ask(RUN);
    assertThat(told)
        .containsExactly(
            "|{'command':'ERR','args':{'message':'A task has already started.','command':'RUN'},'version':1}");
    ask("{'command': 'PING', 'args': null}");
    assertThat(told).hasSize(1);
  }

  @Test
  void anInterruptCancelsTheRunAndHasNoAnswerButItsEnd() {
    ask(RUN);
    ask("{'command': 'INTERRUPT', 'args': {'command': 'RUN'}}");
    JsonObject cancel = asked.get(2);
    assertThat(cancel.getString("address")).isEqualTo("tox.cancel");
    assertThat(cancel.getJsonObject("body").getString("id"))
        .isEqualTo(asked.get(1).getJsonObject("body").getString("id"));
    assertThat(reply("INTERRUPT", "{'cancelled': 1}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INTERRUPT,RUN,Could not find task",
    "INTERRUPT,PING,Could not find task",
    "INTERRUPT,FOO,Unknown command FOO",
    "CANCEL,FOO,Unknown command FOO"
  })
  void whatCanNotBeEndedIsSaid(String command, String target, String why) {
    ask("{'command': '" + command + "', 'args': {'command': '" + target + "'}}");
    assertThat(asked).isEmpty();
    assertThat(told).singleElement().asString().contains("'message':'" + why + "'");
  }

  @Test
  void otherRequestsAreAnsweredAsTheOriginalAnswersThem() {
    ask("{'command': 'PING', 'args': null}");
    assertThat(reply("PING", "{'time': 1.5, 'tasks': 1}"))
        .contains("'PING'", "{'time':1.5,'tasks':1}");
    ask("{'command': 'QUIT', 'args': null}");
    assertThat(reply("QUIT", "{'status': 'DONE'}")).contains("'QUIT','args':'DONE'");
    ask("{'command': 'CANCEL', 'args': {'command': 'RUN'}}");
    assertThat(asked.get(2).getJsonObject("body").getString("command")).isEqualTo("run");
    assertThat(reply("CANCEL", "{'cancelled': 2}")).contains("{'cancelled':2}");
  }

  @Test
  void aRefusalIsAnErrorAndEndsTheRequest() {
    ask(RUN);
    assertThat(shown(dialogue.told(refusal("RUN")).orElseThrow()))
        .contains("'ERR'", "'message':'the queue is full'");
    assertThat(asked).last().extracting(each -> each.getString("type")).isEqualTo("unregister");
    ask(RUN);
    assertThat(told).isEmpty();
    assertThat(dialogue.told(refusal("nothing of ours"))).isEmpty();
    assertThat(dialogue.told(refusal(null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{data",
        "{}",
        "{'command': 'OUTPUT', 'args': null}",
        "{'command': 'RUN', 'args': 3}"
      })
  void whatIsNoRequestIsAnsweredWithAnErrorAndAsksForNothing(String text) {
    ask(text);
    assertThat(asked).isEmpty();
    assertThat(told).singleElement().asString().startsWith("|{'command':'ERR'");
  }

  @Test
  void aMessageWithoutContentIsAnsweredBehindWhatItBeginsWith() {
    dialogue.sent(parts(""));
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("|{'command':'ERR'")
        .contains("missing content");
  }

  @Test
  void whatCanNotBeAnsweredIsRefused() {
    assertThatThrownBy(() -> dialogue.sent(parts(RUN))).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> dialogue.sent(parts("router", RUN)))
        .isInstanceOf(MalformedException.class);
    String longest = "r".repeat(Dialogue.MAX_ENVELOPE_BYTES);
    dialogue.sent(parts(longest, "", RUN));
    assertThatThrownBy(() -> dialogue.sent(parts(longest + "r", "", RUN)))
        .isInstanceOf(MalformedException.class);
  }

  private void ask(String text) {
    dialogue.sent(parts("", text));
  }

  private static List<Buffer> parts(String... texts) {
    return java.util.stream.Stream.of(texts)
        .map(text -> Buffer.buffer(text.replace('\'', '"')))
        .toList();
  }

  private String event(RunEvent event) {
    RunId id =
        asked.stream()
            .filter(each -> each.getString("type").equals("send"))
            .reduce((first, second) -> second)
            .map(each -> new RunId(each.getJsonObject("body").getString("id")))
            .orElseThrow();
    Buffer frame = Frames.event(id, RunEventJson.encode(event));
    return dialogue.told(frame.slice(4, frame.length())).map(DialogueTest::shown).orElse("");
  }

  private String reply(String address, String body) {
    JsonObject frame =
        Frames.order(address, new JsonObject(body.replace('\'', '"')), Optional.empty());
    return dialogue.told(frame.toBuffer()).map(DialogueTest::shown).orElse("");
  }

  private static Buffer refusal(String address) {
    JsonObject frame = new JsonObject().put("type", "err").put("message", "the queue is full");
    return (address == null ? frame : frame.put("address", address)).toBuffer();
  }

  private static String shown(List<Buffer> parts) {
    return String.join("|", parts.stream().map(Buffer::toString).toList()).replace('"', '\'');
  }
}
