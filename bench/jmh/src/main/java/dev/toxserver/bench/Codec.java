package dev.toxserver.bench;

import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One output event on its way from bytes of output to bytes of the protocol, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Codec {
  private static final int MAX_FRAME_BYTES = 1024 * 1024;
  private static final RunId RUN = new RunId("00000000-0000-0000-0000-000000000000");

  @Param({"100", "65536"})
  private int size;

  private RunEvent.Output event;
  private JsonObject body;
  private Buffer bytes;
  private Buffer payload;
  private Buffer framed;
  private FrameDecoder decoder;

  @Setup
  public void prepare() {
    event = randomOutput(0, size);
    body = RunEventJson.encode(event);
    bytes = jsonToFrame();
    payload = bytes.slice(Frames.LENGTH_BYTES, bytes.length());
    decoder =
        new FrameDecoder(
            () -> MAX_FRAME_BYTES,
            found -> framed = found,
            reason -> {
              throw new IllegalStateException(reason);
            });
  }

  static RunEvent.Output randomOutput(long seq, int size) {
    byte[] data = new byte[size];
    new Random(1).nextBytes(data);
    return new RunEvent.Output(seq, Stream.STDOUT, data);
  }

  @Benchmark
  public JsonObject eventToJson() {
    return RunEventJson.encode(event);
  }

  /** What the server writes, once for all readers. */
  @Benchmark
  public Buffer jsonToFrame() {
    return Frames.event(RUN, body);
  }

  /** The frame of as much JSON, as Vert.x would make it. */
  @Benchmark
  public Buffer jsonToFrameByJackson() {
    return Frames.withLength(new JsonObject().put("body", body).toBuffer());
  }

  @Benchmark
  public Buffer bytesToFrame() {
    decoder.handle(bytes);
    return framed;
  }

  @Benchmark
  public Optional<OutputFrame> frameToEvent() {
    return OutputFrame.decode(payload);
  }

  @Benchmark
  public Optional<RunEvent> frameToEventByJackson() {
    return RunEventJson.decode(payload.toJsonObject().getJsonObject("body"));
  }
}
