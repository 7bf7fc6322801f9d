package dev.toxserver.bench;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.Journal;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a run's journal adds to each event: keeping it, and reading it again for who comes late. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Keeping {
  @Param({"100", "65536"})
  private int size;

  private Vertx vertx;
  private Journal journal;
  private JsonObject body;
  private long nextSeq;

  /** In memory only: on a disk, it would be the disk that is measured. */
  @Setup
  public void prepare() {
    vertx = Vertx.vertx();
    RunRecord run = RunRecord.accepted(new RunId("bench"), new Invocation(List.of()), false);
    journal = new History(vertx, Optional.empty(), 0, 1).begin(run, trouble -> {}).journal();
    body = RunEventJson.encode(Codec.randomOutput(0, size));
    append();
  }

  @TearDown
  public void close() {
    vertx.close().await();
  }

  @Benchmark
  public void append() {
    journal.append(body.copy().put("seq", nextSeq++));
  }

  @Benchmark
  public List<JsonObject> readOne() {
    return journal.read(nextSeq - 1).result();
  }
}
