package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OnContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class IntakeTest {
  private static final int HALF = Intake.BYTES_A_TURN / 2;

  private final List<String> taken = new ArrayList<>();
  private Context context;
  private Intake intake;

  @BeforeEach
  void begin(Vertx vertx) {
    context = vertx.getOrCreateContext();
    intake = new Intake(vertx);
  }

  @Test
  void whatFitsIntoATurnIsTakenAtOnceAndTheRestLaterInItsOrder() throws Exception {
    on(
        () -> {
          assertThat(take(HALF, "a")).isTrue();
          assertThat(take(HALF, "b")).isTrue();
          assertThat(take(HALF, "c")).isFalse();
          assertThat(take(1, "d")).as("nothing overtakes").isFalse();
          assertThat(taken).containsExactly("a", "b");
          return null;
        });

    settle();
    assertThat(taken).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aFrameThatHasBecomeWholeEndsTheTurn() throws Exception {
    on(
        () -> {
          take(1, "a");
          intake.spend(Intake.BYTES_A_TURN);
          assertThat(take(1, "b")).isFalse();
          return null;
        });

    settle();
    assertThat(taken).containsExactly("a", "b");
  }

  @Test
  void whatIsLongerThanATurnHasOneOfItsOwn() throws Exception {
    on(
        () -> {
          take(1, "a");
          assertThat(take(10 * Intake.BYTES_A_TURN, "b")).isFalse();
          assertThat(take(1, "c")).isFalse();
          return null;
        });

    settle();
    assertThat(taken).containsExactly("a", "b", "c");
  }

  private boolean take(int bytes, String name) {
    return intake.take(bytes, () -> taken.add(name));
  }

  /** Three turns are all that any of this needs. */
  private void settle() throws Exception {
    for (int turn = 0; turn < 3; turn++) {
      on(() -> null);
    }
  }

  private void on(Callable<Void> action) throws Exception {
    OnContext.call(context, action);
  }
}
