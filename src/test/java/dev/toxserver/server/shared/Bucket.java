package dev.toxserver.server.shared;

import dev.toxserver.nats.Watch;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bucket of facts in memory, with mirrors that see at once, or when a test lets them. */
final class Bucket {
  private final Map<String, Watch.Entry> entries = new LinkedHashMap<>();
  private final List<Mirror> mirrors = new ArrayList<>();
  private long revision;

  /** A hub's view. */
  final class Mirror {
    private final Facts facts;
    private boolean lags;
    private long told;

    private Mirror(Vertx vertx) {
      facts = new Facts(vertx, Bucket.this::create);
    }

    Facts facts() {
      return facts;
    }

    /** From now on it sees nothing new, or sees all again. */
    void lags(boolean now) {
      lags = now;
      catchUp();
    }

    private void catchUp() {
      if (!lags) {
        List.copyOf(entries.values()).stream()
            .filter(entry -> entry.revision() > told)
            .forEach(this::tell);
      }
    }

    private void tell(Watch.Entry entry) {
      told = Math.max(told, entry.revision());
      facts.told(entry);
    }
  }

  Mirror mirror(Vertx vertx) {
    Mirror mirror = new Mirror(vertx);
    mirrors.add(mirror);
    mirror.catchUp();
    return mirror;
  }

  /** Somebody else writes a fact; false if there is one. */
  boolean write(Fact fact) {
    return create(fact.key(), FactJson.encode(fact).toBuffer()).result().isEmpty();
  }

  /** Another fact stands there now. */
  void overwrite(Fact fact) {
    entries.remove(fact.key());
    write(fact);
  }

  /** What stands under a key. */
  Optional<Fact> find(String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(entry -> FactJson.decode(key, entry.value().toJsonObject()));
  }

  /** Somebody else writes anything. */
  Future<Optional<Buffer>> create(String key, Buffer value) {
    Watch.Entry there = entries.get(key);
    if (there != null) {
      return Future.succeededFuture(Optional.of(there.value()));
    }
    entries.put(key, new Watch.Entry(key, ++revision, false, value));
    mirrors.forEach(Mirror::catchUp);
    return Future.succeededFuture(Optional.empty());
  }
}
