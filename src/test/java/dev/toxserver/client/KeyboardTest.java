package dev.toxserver.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.HandClock;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.StandardStream;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is typed while one run ends and another begins. */
@Timeout(30)
class KeyboardTest {
  private final HandClock clock = new HandClock();
  private final LinkStandIn link = new LinkStandIn();
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Terminal terminal = new Terminal(stream("out"), stream("err"), false, false);

  private Pipe pipe;
  private UserInput user;
  private Keyboard keyboard;

  @BeforeEach
  void aRunIsTypedInto() throws Exception {
    pipe = Pipe.open();
    user = new UserInput(Optional.empty(), true, pipe::source);
    keyboard = begin();
  }

  @AfterEach
  void nothingMoreIsRead() {
    user.close();
  }

  @Test
  void whatWaitsForTheAnswerToAPieceWhenTheRunEndsIsForTheNextRun() throws Exception {
    type("one");
    tasks.take().run();
    type("two");
    tasks.take().run();
    assertThat(link.calls()).containsExactly(input("one"));
    keyboard.end();
    begin();
    tasks.take().run();
    assertThat(link.calls()).containsExactly(input("two"));
  }

  @Test
  void soIsWhatTheRunHasRefusedSinceItHadEnded() throws Exception {
    type("one");
    tasks.take().run();
    link.calls();
    keyboard.takes(
        new JsonObject()
            .put("address", InputFlow.REPLY)
            .put("type", "err")
            .put("failureCode", 404));
    keyboard.end();
    begin();
    tasks.take().run();
    assertThat(link.calls()).containsExactly(input("one"));
  }

  @Test
  void soIsAPieceThatWasReadBeforeTheEndAndComesBehindIt() throws Exception {
    type("one");
    Runnable late = tasks.take();
    keyboard.end();
    late.run();
    begin();
    tasks.take().run();
    assertThat(link.calls()).containsExactly(input("one"));
  }

  @Test
  void whatWasTypedForARunThatAnotherHasTakenIsForNobody() throws Exception {
    type("one");
    tasks.take().run();
    type("two");
    tasks.take().run();
    type("three");
    Runnable late = tasks.take();
    link.calls();
    keyboard.taken();
    late.run();
    keyboard.end();
    begin();
    type("four");
    tasks.take().run();
    assertThat(link.calls()).containsExactly(input("four"));
  }

  private Keyboard begin() {
    Keyboard next =
        new Keyboard(user, clock.vertx(), Scene.RUN, link, terminal, tasks::add, () -> {});
    next.hold(Scene.ID, false);
    next.started(false);
    return next;
  }

  private void type(String text) throws IOException {
    pipe.sink().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static StandardStream stream(String name) {
    return new StandardStream(name, OutputStream.nullOutputStream());
  }

  private static String input(String text) {
    String data = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    return "send tox.input {\"id\":\"r1\",\"offset\":0,\"data\":\"%s\"}, reply to input-reply"
        .formatted(data);
  }
}
