package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestJsonTest {
  private static final RunId ID = new RunId("run-1");

  @Test
  void anInputSaysWhereItBelongsAndWhetherMoreComes() {
    InputRequest typed = new InputRequest(ID, 7, new byte[] {3, -1}, false);
    InputRequest end = new InputRequest(ID, 9, new byte[0], true);
    InputRequest question = new InputRequest(ID, 0, new byte[0], false);

    assertThat(typed.address()).isEqualTo("tox.input");
    assertThat(RequestJson.encode(typed).encode())
        .isEqualTo("{\"id\":\"run-1\",\"offset\":7,\"data\":\"A/8=\"}");
    assertThat(RequestJson.decodeInput(RequestJson.encode(typed))).isEqualTo(typed);
    assertThat(RequestJson.encode(end).encode())
        .isEqualTo("{\"id\":\"run-1\",\"offset\":9,\"end\":true}");
    assertThat(RequestJson.decodeInput(RequestJson.encode(end))).isEqualTo(end);
    assertThat(RequestJson.decodeInput(RequestJson.encode(question))).isEqualTo(question);
    assertThat(typed.toString()).contains("2 bytes");
  }

  @Test
  void aResizeIsColumnsAndRows() {
    Request.Resize resize = new Request.Resize(ID, new TerminalSize(100, 30));

    assertThat(resize.address()).isEqualTo("tox.resize");
    assertThat(RequestJson.encode(resize).encode())
        .isEqualTo("{\"id\":\"run-1\",\"columns\":100,\"rows\":30}");
    assertThat(RequestJson.decodeResize(RequestJson.encode(resize))).isEqualTo(resize);
  }

  @Test
  void anAttachMayTakeTheKeyboard() {
    Request.Attach take = new Request.Attach(ID, Optional.of(0L), true, Role.TAKER, 0);

    assertThat(RequestJson.encode(take).encode())
        .isEqualTo("{\"id\":\"run-1\",\"follow\":true,\"from\":0,\"take\":true}");
    assertThat(RequestJson.decodeAttach(RequestJson.encode(take))).isEqualTo(take);
  }

  @Test
  void anAttachSaysFromWhereHowLongAndForWhom() {
    Request.Attach back = new Request.Attach(ID, Optional.of(7L), true, Role.REQUESTER, 2);
    Request.Attach logs = new Request.Attach(RunId.LAST, Optional.empty(), false);

    assertThat(back.address()).isEqualTo("tox.attach");
    assertThat(RequestJson.encode(back).encode())
        .isEqualTo("{\"id\":\"run-1\",\"follow\":true,\"from\":7,\"requester\":true,\"hold\":2}");
    assertThat(RequestJson.decodeAttach(RequestJson.encode(back))).isEqualTo(back);
    assertThat(RequestJson.encode(logs).encode()).isEqualTo("{\"id\":\"last\",\"follow\":false}");
    assertThat(RequestJson.decodeAttach(RequestJson.encode(logs))).isEqualTo(logs);
  }

  @Test
  void anAttachThatSaysNoMoreThanTheRunFollowsItFromNowOn() {
    assertThat(RequestJson.decodeAttach(new JsonObject("{\"id\":\"run-1\"}")))
        .isEqualTo(new Request.Attach(ID, Optional.empty(), true));
  }

  @Test
  void anAcknowledgeNamesTheLastEventThatWasTaken() {
    Request.Acknowledge taken = new Request.Acknowledge(ID, 7);

    assertThat(taken.address()).isEqualTo("tox.acknowledge");
    assertThat(RequestJson.encode(taken).encode()).isEqualTo("{\"id\":\"run-1\",\"seq\":7}");
    assertThat(RequestJson.decodeAcknowledge(RequestJson.encode(taken))).isEqualTo(taken);
  }

  @Test
  void aStatusIsOfOneRunOrOfAll() {
    StatusRequest one = new StatusRequest(Optional.of(ID));
    StatusRequest all = new StatusRequest(Optional.empty());

    assertThat(all.address()).isEqualTo("tox.status");
    assertThat(RequestJson.encode(one).encode()).isEqualTo("{\"id\":\"run-1\"}");
    assertThat(RequestJson.encode(all).encode()).isEqualTo("{}");
    assertThat(RequestJson.decodeStatus(RequestJson.encode(one))).isEqualTo(one);
    assertThat(RequestJson.decodeStatus(RequestJson.encode(all))).isEqualTo(all);
  }

  @Test
  void aStatusIsOfThoseAcceptedAfterAMillisecond() {
    StatusRequest after =
        new StatusRequest(
            Optional.empty(), false, Optional.empty(), Optional.of(1_795_356_053_785L));

    assertThat(RequestJson.encode(after).encode()).isEqualTo("{\"after\":1795356053.785}");
    assertThat(RequestJson.decodeStatus(RequestJson.encode(after))).isEqualTo(after);
  }

  @Test
  void aCancelNamesOneRun() {
    Request cancel = new Request.CancelRun(ID);

    assertThat(cancel.address()).isEqualTo("tox.cancel");
    assertThat(RequestJson.encode(cancel).encode()).isEqualTo("{\"id\":\"run-1\"}");
    assertThat(RequestJson.decodeCancel(RequestJson.encode(cancel))).isEqualTo(cancel);
  }

  @Test
  void aCancelNamesACommand() {
    Request cancel = new Request.CancelCommand("run");

    assertThat(cancel.address()).isEqualTo("tox.cancel");
    assertThat(RequestJson.encode(cancel).encode()).isEqualTo("{\"command\":\"run\"}");
    assertThat(RequestJson.decodeCancel(RequestJson.encode(cancel))).isEqualTo(cancel);
  }

  @ParameterizedTest
  @CsvSource({"run,run", "RUN,run", "Ping,ping", "cancel,cancel", "quit,quit"})
  void aCommandIsKnownInAnyCase(String given, String known) {
    assertThat(RequestJson.decodeCancel(new JsonObject().put("command", given)))
        .isEqualTo(new Request.CancelCommand(known));
  }

  @Test
  void aPingAndAQuitAreEmptyObjects() {
    assertThat(RequestJson.encode(new Request.Ping()).encode()).isEqualTo("{}");
    assertThat(RequestJson.encode(new Request.Quit()).encode()).isEqualTo("{}");
    assertThat(new Request.Ping().address()).isEqualTo("tox.ping");
    assertThat(new Request.Quit().address()).isEqualTo("tox.quit");
  }
}
