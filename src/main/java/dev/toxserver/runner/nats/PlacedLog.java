package dev.toxserver.runner.nats;

import dev.toxserver.nats.LogWriter;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.protocol.Work;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One placement, from its grant to the end: what the run publishes is put into the log; the program
 * may go on when that is kept and its client has it. The exit is not put there: it is told to a
 * hub, which ends the log with it. Belongs to the link's context.
 */
final class PlacedLog implements LogWriter.Owner {
  private final NatsLink link;
  private final Placements placements;
  private final Work work;
  private final HubReply.Granted granted;
  private final LogWriter writer;
  private final Trimming trimming = new Trimming(this::trim);
  private Optional<RunResults> results = Optional.empty();
  private boolean readByNobody;
  private long stored = -1;
  private long read = -1;
  private long released = -1;

  PlacedLog(NatsLink link, Placements placements, Work work, HubReply.Granted granted) {
    this.link = link;
    this.placements = placements;
    this.work = work;
    this.granted = granted;
    this.readByNobody = work.request().detached();
    this.writer =
        new LogWriter(
            link,
            new NatsSubjects.Log(placements.runner(), id(), granted.placement()),
            placements.session(),
            granted.nextSeq(),
            this);
    keep(placements.keptBytes());
    if (readByNobody) {
      writer.readByNobody();
    }
  }

  /** Of what is read the newest so many bytes are enough. */
  void keep(long bytes) {
    writer.keepNewest(bytes);
  }

  String placement() {
    return granted.placement();
  }

  /** What the run has published. */
  void take(JsonObject event) {
    if (RunEventJson.isExit(event)) {
      writer.finish().onSuccess(index -> ended(index, RunEventJson.decodeExit(event)));
    } else if (RunEventJson.seqOf(event).isPresent()) {
      keep(event);
    } else if (RunEventJson.isNotice(event)) {
      tell(event);
    }
  }

  /** The run's client has everything up to an event. */
  void read(long seq) {
    read = Math.max(read, seq);
    writer.read(read);
    release();
  }

  /** No client is waited for. */
  void isReadByNobody() {
    readByNobody = true;
    writer.readByNobody();
    release();
  }

  /** Writes nothing more. */
  void close() {
    writer.close();
  }

  @Override
  public void stored(long seq) {
    stored = seq;
    release();
  }

  @Override
  public void full() {
    tell(
        RunEventJson.encode(
            new RunEvent.Notice("the store of output is full; the run waits for room")));
  }

  @Override
  public void tooLong(long first) {
    trimming.below(first);
  }

  @Override
  public void fenced() {
    placements.abandon(id(), placement());
  }

  private void keep(JsonObject event) {
    if (RunEventJson.isStarted(event)) {
      event.put("runner", placements.runner().value());
    } else if (RunEventJson.isOutcome(event)) {
      RunEvent.Results found = (RunEvent.Results) RunEventJson.decode(event).orElseThrow();
      results = Optional.of(found.results());
    }
    writer.add(Frames.event(id(), event));
  }

  private void tell(JsonObject event) {
    link.publish(Stored.of(NatsSubjects.note(placements.runner(), id()), event.toBuffer()));
  }

  private void release() {
    long upTo = readByNobody ? stored : Math.min(stored, read);
    if (upTo > released) {
      released = upTo;
      placements.release(id(), upTo);
    }
  }

  private Future<HubReply> trim(long from, long below) {
    return placements
        .calls()
        .insist(new RunnerRequest.Trim(placements.runner(), id(), placement(), from, below));
  }

  private void ended(long index, RunEvent.Exit exit) {
    placements
        .calls()
        .insist(
            new RunnerRequest.Ended(
                placements.runner(),
                work.life(),
                placement(),
                index,
                exit,
                results,
                Optional.of(work.request()).filter(run -> run.rounds().isPresent())))
        .onSuccess(kept -> placements.done(id(), placement(), exit.seq()));
  }

  private RunId id() {
    return work.request().id();
  }
}
