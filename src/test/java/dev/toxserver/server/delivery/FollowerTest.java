package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OnContext;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.FakeWire;
import dev.toxserver.server.journal.Journal;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reader of a journal that can't be read. */
@ExtendWith(VertxExtension.class)
class FollowerTest {
  private static final RunId ID = OneRun.ID;

  private final FakeWire wire = new FakeWire();

  @Test
  void whoReadsWhatCanNotBeReadAnyMoreIsToldThatNothingFollowsAndIsDone(Vertx vertx)
      throws Exception {
    Follower follower = read(vertx, new Unreadable(true));

    assertThat(follower.isDone()).isTrue();
    assertThat(wire.bodies())
        .containsExactly(
            RunEventJson.encode(new RunEvent.Hole(0, 5, Optional.empty())),
            RunEventJson.encode(new RunEvent.End()));
  }

  @Test
  void ofARunThatGoesOnItWaitsForWhatComes(Vertx vertx) throws Exception {
    Follower follower = read(vertx, new Unreadable(false));

    assertThat(follower.isDone()).isFalse();
    assertThat(follower.hasCaughtUp()).isTrue();
    assertThat(wire.bodies())
        .containsExactly(RunEventJson.encode(new RunEvent.Hole(0, 5, Optional.empty())));
  }

  private Follower read(Vertx vertx, Journal journal) throws Exception {
    RunLog log =
        new RunLog(
            RunRecord.accepted(new Request.Run(ID, List.of(), Optional.empty()), Optional.empty()),
            journal);
    return OnContext.call(
        vertx.getOrCreateContext(),
        () -> {
          Follower follower =
              new Follower(
                  vertx, log, wire.connectTo(new Connections()), 0, true, () -> 60_000, each -> {});
          follower.begin();
          return follower;
        });
  }

  /** Five events that are not to be had. */
  private record Unreadable(boolean isEnded) implements Journal {
    @Override
    public Future<List<JsonObject>> read(long from) {
      return Future.failedFuture("forgotten");
    }

    @Override
    public long firstSeq() {
      return 0;
    }

    @Override
    public long nextSeq() {
      return 5;
    }

    @Override
    public boolean isBehind() {
      return false;
    }

    @Override
    public void onWritten(Runnable callback) {}

    @Override
    public Optional<String> whyMissingBefore(long seq) {
      return Optional.empty();
    }

    @Override
    public void append(JsonObject body) {}
  }
}
