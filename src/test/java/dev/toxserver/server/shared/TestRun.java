package dev.toxserver.server.shared;

import dev.toxserver.nats.LogFence;
import dev.toxserver.nats.LogScene;
import dev.toxserver.nats.LogWriter;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A run whose runner does what tests say. */
final class TestRun {
  /** Of each event: ten of them fill a message. */
  static final int OUTPUT_BYTES = 16 * 1024;

  private final LogScene scene;
  private final RunId id;

  TestRun(LogScene scene) {
    this.scene = scene;
    this.id = RunId.random();
  }

  RunId id() {
    return id;
  }

  /** With the only runner there is. */
  static Placement placement(String name, long nextSeq) {
    return new Placement(new RunnerName("r1"), "session", name, nextSeq, 40_000);
  }

  LogWriter writer(Placement placement, LogWriter.Owner owner) throws Exception {
    return scene.call(
        () ->
            new LogWriter(scene.runner, placement.log(id), "session", placement.nextSeq(), owner));
  }

  /** Writes output until all is kept; the number of the message that would follow. */
  long write(Placement placement, long to) throws Exception {
    LogWriter writer = writer(placement, new Owner());
    scene.run(() -> add(writer, placement.nextSeq(), to));
    return scene.result(writer::finish);
  }

  void add(LogWriter writer, long from, long to) {
    LongStream.range(from, to).forEach(seq -> writer.add(frame(output(seq))));
  }

  /** Ends a placement's log as a hub does. */
  void end(Placement placement, long index, long next, RunEvent... events) throws Exception {
    Buffer frames = Buffer.buffer();
    List.of(events).forEach(event -> frames.appendBuffer(frame(RunEventJson.encode(event))));
    scene.result(
        () ->
            new LogFence(scene.hub, placement.log(id), "hub")
                .end(index, next, next + events.length, frames));
  }

  static RunEvent.Exit exit(long seq) {
    return new RunEvent.Exit(seq, 0, false, Optional.empty());
  }

  /** Each is another. */
  static JsonObject output(long seq) {
    byte[] data = new byte[OUTPUT_BYTES];
    Arrays.fill(data, (byte) seq);
    return RunEventJson.encode(new RunEvent.Output(seq, Stream.STDOUT, data));
  }

  private Buffer frame(JsonObject event) {
    return Frames.event(id, event);
  }

  /** Wants to know nothing. */
  private static final class Owner implements LogWriter.Owner {
    @Override
    public void stored(long seq) {}

    @Override
    public void full() {}

    @Override
    public void fenced() {}
  }
}
