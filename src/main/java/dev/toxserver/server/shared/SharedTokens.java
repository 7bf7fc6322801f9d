package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.nats.Watch;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.server.tokens.TokenStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The narrow tokens of all hubs: each is an entry of a bucket that all of them watch, so that one
 * which is made at a hub lets in at each, and one that is revoked at none. Belongs to the server's
 * context.
 */
final class SharedTokens implements TokenStore {
  private static final Logger LOG = Logger.getLogger(SharedTokens.class.getName());

  private final NatsLink link;
  private final Map<String, JsonObject> known = new LinkedHashMap<>();
  private BiConsumer<String, Optional<JsonObject>> onChange = (id, token) -> {};
  private Optional<Watch> watch = Optional.empty();
  private Future<Void> last = Future.succeededFuture();

  SharedTokens(NatsLink link) {
    this.link = link;
  }

  @Override
  public Future<Map<String, JsonObject>> open(BiConsumer<String, Optional<JsonObject>> listener) {
    Promise<Map<String, JsonObject>> opened = Promise.promise();
    watch =
        Optional.of(
            Watch.begin(
                link,
                NatsSubjects.TOKENS_BUCKET,
                this::told,
                () -> {
                  onChange = listener;
                  opened.complete(Map.copyOf(known));
                }));
    return opened.future();
  }

  /** One after the other: what is under way counts for the next. */
  @Override
  public Future<Void> write(Map<String, JsonObject> all) {
    last = last.otherwiseEmpty().compose(written -> change(all));
    return last;
  }

  private Future<Void> change(Map<String, JsonObject> all) {
    List<Future<Void>> changes = new ArrayList<>();
    all.forEach(
        (id, token) -> {
          if (!known.containsKey(id)) {
            changes.add(
                link.put(Stored.of(subject(id), token.toBuffer()))
                    .onSuccess(kept -> known.put(id, token)));
          }
        });
    for (String id : List.copyOf(known.keySet())) {
      if (!all.containsKey(id)) {
        changes.add(link.delete(subject(id)).onSuccess(gone -> known.remove(id)));
      }
    }
    return Future.all(changes).mapEmpty();
  }

  /** Hears nothing more. */
  void close() {
    watch.ifPresent(Watch::close);
  }

  private void told(Watch.Entry entry) {
    Optional<JsonObject> token = entry.isDeleted() ? Optional.empty() : decode(entry);
    if (token.isPresent()) {
      known.put(entry.key(), token.get());
    } else {
      known.remove(entry.key());
    }
    onChange.accept(entry.key(), token);
  }

  private static Optional<JsonObject> decode(Watch.Entry entry) {
    try {
      return Optional.of(new JsonObject(entry.value()));
    } catch (DecodeException e) {
      LOG.log(Level.WARNING, "A token in NATS is damaged and lets nobody in: {0}", entry.key());
      return Optional.empty();
    }
  }

  private static String subject(String id) {
    return NatsSubjects.entry(NatsSubjects.TOKENS_BUCKET, id);
  }
}
