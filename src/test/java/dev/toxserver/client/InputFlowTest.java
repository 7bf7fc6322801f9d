package dev.toxserver.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.HandClock;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.MalformedException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFlowTest {
  private final HandClock clock = new HandClock();
  private final LinkStandIn link = new LinkStandIn();
  private final List<String> refusals = new ArrayList<>();
  private int room;
  private InputFlow flow = flow(true);

  @BeforeEach
  void theRunTakesInput() {
    flow.open(Scene.ID);
  }

  @Test
  void whatIsAddedMeanwhileWaitsForTheAnswerAndGoesTogether() {
    add("a");
    add("b");
    add("c");
    assertThat(link.calls()).containsExactly(input(0, "a"));
    taken(1);
    assertThat(link.calls()).containsExactly(input(1, "bc"));
    taken(3);
    assertThat(link.calls()).isEmpty();
  }

  @Test
  void whatWasNotTakenIsSentAgainFromThere() {
    add("abc");
    taken(1);
    assertThat(link.calls()).containsExactly(input(0, "abc"), input(1, "bc"));
  }

  @Test
  void whereNothingWasTakenItWaitsForASecond() {
    add("abc");
    link.calls();
    taken(0);
    add("d");
    assertThat(link.calls()).isEmpty();
    clock.advance(1_000);
    assertThat(link.calls()).containsExactly(input(0, "abcd"));
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() {
    add("a");
    link.calls();
    refuse(429);
    clock.advance(1_000);
    assertThat(link.calls()).containsExactly(input(0, "a"));
    assertThat(refusals).isEmpty();
  }

  @Test
  void theEndComesBehindAllElseAndOnce() {
    add("a");
    flow.end();
    link.calls();
    taken(1);
    assertThat(link.calls()).containsExactly(end(1));
    taken(1);
    assertThat(link.calls()).isEmpty();
    assertThat(flow.isFull()).as("nothing comes behind it").isTrue();
  }

  @Test
  void overAnotherConnectionWhatWasNotAnsweredIsSentAgainAndSoIsTheEnd() {
    add("a");
    link.calls();
    flow.interrupt();
    add("b");
    assertThat(link.calls()).isEmpty();
    flow.open(Scene.ID);
    assertThat(link.calls()).containsExactly(input(0, "ab"));
    taken(2);
    flow.end();
    link.calls();
    flow.interrupt();
    flow.open(Scene.ID);
    assertThat(link.calls()).containsExactly(end(2));
  }

  @Test
  void whoTakesARunOverAsksFirstHowFarItIs() {
    flow = flow(false);
    add("a");
    flow.open(Scene.ID);
    assertThat(link.calls()).containsExactly(input(0, ""));
    taken(40);
    assertThat(link.calls()).containsExactly(input(40, "a"));
  }

  @Test
  void asMuchIsKeptAsMayBeUnderWayAndThenThereIsRoomAgain() {
    flow.add(new byte[InputRequest.MAX_BYTES - 1]);
    assertThat(flow.isFull()).isFalse();
    add("ab");
    assertThat(flow.isFull()).isTrue();
    room = 0;
    taken(1);
    assertThat(room).as("no room yet").isZero();
    taken(InputRequest.MAX_BYTES - 1);
    assertThat(flow.isFull()).isFalse();
    assertThat(room).isOne();
    link.calls();
    taken(InputRequest.MAX_BYTES + 1);
    assertThat(link.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5})
  void anAnswerThatCantBeBreaksTheProtocol(long offset) {
    add("ab");
    taken(1);
    assertThatThrownBy(() -> taken(offset))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("offset");
  }

  @Test
  void whereNoInputIsTakenTheUserIsToldAndNothingMoreIsSent() {
    add("a");
    link.calls();
    refuse(400);
    add("b");
    assertThat(link.calls()).isEmpty();
    assertThat(refusals).containsExactly("no");
    assertThat(flow.isFull()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void thatARunHasEndedOrIsAnothersItsOwnEventsTell(int code) {
    add("a");
    refuse(code);
    assertThat(refusals).isEmpty();
  }

  @Test
  void whatTheRunCantHaveTakenIsGivenBackInTheEnd() {
    add("ab");
    add("cd");
    assertThat(flow.close()).as("ab is under way").isEqualTo("cd".getBytes(UTF_8));
    assertThat(flow.close()).isEmpty();
  }

  private InputFlow flow(boolean placeKnown) {
    return new InputFlow(clock.vertx(), link, placeKnown, () -> room++, refusals::add);
  }

  private void add(String text) {
    flow.add(text.getBytes(UTF_8));
  }

  private void taken(long offset) {
    flow.answered(
        new JsonObject()
            .put("type", "message")
            .put("body", new JsonObject().put("offset", offset)));
  }

  private void refuse(int code) {
    flow.answered(
        new JsonObject().put("type", "err").put("failureCode", code).put("message", "no"));
  }

  private static String input(long offset, String text) {
    String data = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    return "send tox.input {\"id\":\"r1\",\"offset\":%d,\"data\":\"%s\"}, reply to input-reply"
        .formatted(offset, data);
  }

  private static String end(long offset) {
    return "send tox.input {\"id\":\"r1\",\"offset\":%d,\"end\":true}, reply to input-reply"
        .formatted(offset);
  }
}
