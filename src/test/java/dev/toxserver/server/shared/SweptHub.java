package dev.toxserver.server.shared;

import dev.toxserver.HandClock;
import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.LogSeek;
import dev.toxserver.nats.Peers.Peer;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.TestFacts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hub that sweeps, with a bucket, a log and peers in memory; it waits 30 s for a client. */
final class SweptHub {
  static final String NAME = "h2";

  boolean isHeard = true;

  /** A replica answers that does not have the log's last message. */
  boolean isReadTooShort;

  private static final RunId RUN = new RunId("a");

  private final HandClock clock = new HandClock();
  private final Bucket bucket = new Bucket();
  private final Facts facts = bucket.mirror(clock.vertx()).facts();
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<String, List<LogMessage>> logs = new HashMap<>();

  SweptHub() {
    hub(NAME, 5);
    hub("h1", 6);
    Leases leases =
        new Leases(NAME, () -> isHeard, key -> Optional.ofNullable(peers.get(key)), peers::values);
    new Sweeper(clock.vertx(), facts, leases, new MemoryLogs(), 15_000, List.of()).start();
  }

  /** A lease, which can be made older. */
  final class Lease {
    private final Peer peer;

    private Lease(String key, Buffer value) {
      peer = new Peer(key, value, 0, false);
      peers.put(key, peer);
    }

    void silent(int seconds) {
      peers.put(peer.key(), new Peer(peer.key(), peer.value(), seconds * 1_000L, false));
    }
  }

  Lease hub(String name, long since) {
    return new Lease(Leases.ofHub(name), Leases.hub("1", since).toBuffer());
  }

  Lease runner(String name, String session, String... runs) {
    Map<RunId, RunnerJoin.Held> held =
        Stream.of(runs).collect(Collectors.toMap(RunId::new, run -> new RunnerJoin.Held("p", 0)));
    RunnerName runner = new RunnerName(name);
    RunnerJoin join = new RunnerJoin(runner, session, "1", Labels.NONE, 2, 65_536, 40_000, held);
    return new Lease(NatsSubjects.lease(runner), join.toJson().toBuffer());
  }

  void write(Fact... written) {
    Stream.of(written).forEach(bucket::write);
  }

  /** NATS has lost what stood there. */
  void overwrite(Fact fact) {
    bucket.overwrite(fact);
  }

  /** What the runner has written: {@code out}, or {@code exit N}, which a hub has for it. */
  void log(String... messages) {
    List<LogMessage> log = of("p1");
    for (String message : messages) {
      long seq = log.size();
      Buffer frames = Buffer.buffer();
      if (message.startsWith("exit")) {
        int code = Integer.parseInt(message.substring(5));
        frames = Frames.event(RUN, RunEventJson.encode(TestFacts.exit(seq, code)));
      }
      log.add(new LogMessage(seq, seq + 1, message.startsWith("exit"), frames));
    }
  }

  private List<LogMessage> of(String placement) {
    return logs.computeIfAbsent(placement, none -> new ArrayList<>());
  }

  /** What the log of its first placement has. */
  List<String> log() {
    return of("p1").stream().map(SweptHub::shown).toList();
  }

  private static String shown(LogMessage message) {
    if (!message.end()) {
      return "out";
    }
    return message.frames().length() == 0 ? "end of nothing" : "end of " + message.first();
  }

  void pass(int seconds) {
    clock.advance(seconds * 1_000L);
  }

  Facts facts() {
    return facts;
  }

  RunFacts run() {
    return facts.find(new Life(RUN, 1)).orElseThrow();
  }

  Optional<Fact.Ended> end() {
    return run().end();
  }

  Optional<Fact> find(String key) {
    return bucket.find(key);
  }

  private final class MemoryLogs implements LostRuns.Logs {
    @Override
    public Future<Optional<LogSeek.Place>> last(NatsSubjects.Log which) {
      List<LogMessage> log = of(which.placement());
      int size = log.size() - (isReadTooShort ? 1 : 0);
      return Future.succeededFuture(
          size == 0
              ? Optional.empty()
              : Optional.of(new LogSeek.Place(size - 1L, log.get(size - 1))));
    }

    @Override
    public Future<Optional<LogMessage>> end(
        NatsSubjects.Log which, long index, long next, long after, Buffer frames) {
      List<LogMessage> log = of(which.placement());
      if (index < log.size()) {
        return Future.succeededFuture(Optional.of(log.get((int) index)));
      }
      log.add(new LogMessage(next, after, true, frames));
      return Future.succeededFuture(Optional.empty());
    }
  }
}
