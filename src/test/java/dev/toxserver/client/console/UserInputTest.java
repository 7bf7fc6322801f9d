package dev.toxserver.client.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UserInputTest {
  private final Semaphore told = new Semaphore(0);
  private Pipe pipe;
  private UserInput user;

  @BeforeEach
  void aTaker() throws Exception {
    pipe = Pipe.open();
    user = new UserInput(Optional.empty(), true, pipe::source);
    user.read(told::release, () -> {});
  }

  @AfterEach
  void nothingMoreIsRead() {
    user.close();
  }

  @Test
  void howeverManyTakersAskOnePieceIsRead() throws Exception {
    for (int taker = 0; taker < 5; taker++) {
      user.read(told::release, () -> {});
      user.more();
    }
    type("one");
    told.acquire();
    type("two");
    assertThat(told.tryAcquire(100, TimeUnit.MILLISECONDS)).as("nobody has asked again").isFalse();
    assertThat(new String(user.take(), UTF_8)).isEqualTo("one");
    user.more();
    told.acquire();
    assertThat(new String(user.take(), UTF_8)).isEqualTo("two");
  }

  @Test
  void whatIsGivenBackComesFirstAndTheNextTakerIsToldAtOnce() throws Exception {
    user.more();
    type("two");
    told.acquire();
    user.giveBack("one ".getBytes(UTF_8));
    user.read(told::release, () -> {});
    assertThat(told.tryAcquire()).isTrue();
    assertThat(new String(user.take(), UTF_8)).isEqualTo("one two");
    assertThat(user.take()).isEmpty();
  }

  private void type(String text) throws Exception {
    pipe.sink().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
