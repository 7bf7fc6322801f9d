package dev.toxserver.server.shared;

import dev.toxserver.nats.FirstWriter;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Names that are written once. */
interface Names {
  /**
   * Tries until it is known whose the name is, through lost connections and servers.
   *
   * @return nothing if it is ours; else what somebody else has written there
   */
  Future<Optional<Buffer>> create(String key, Buffer value);

  /** Those of the bucket of facts. */
  static Names of(NatsLink link, String hub) {
    return new Names() {
      private long count;

      @Override
      public Future<Optional<Buffer>> create(String key, Buffer value) {
        // Two attempts of one hub to write the same name are two writers: one of them is first.
        String by = hub + "." + count++;
        String stream = NatsSubjects.stream(NatsSubjects.RUNS_BUCKET);
        return new FirstWriter(link, stream, by, () -> {})
            .create(Stored.of(NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, key), value))
            .map(other -> other.map(Stored::body));
      }
    };
  }
}
