package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.SureRead;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Work;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.util.Optional;

/**
 * The tickets that runners have pulled, by where a runner was told to answer. Only hubs write them:
 * so what one says is true, whoever has named it.
 */
interface WorkQueue {
  /** The ticket; nothing if there is none any more. */
  Future<Optional<Work>> find(String ack);

  /** Takes it off the queue; it does no harm if that fails. */
  void acknowledge(String ack);

  /** Whether a run exists, though that may not have been told here. */
  Future<Boolean> isAsked(Life life);

  /** Those in NATS. */
  static WorkQueue of(NatsLink link) {
    return new WorkQueue() {
      @Override
      public Future<Optional<Work>> find(String ack) {
        return SureRead.pulled(link, NatsSubjects.WORK_STREAM, ack)
            .map(found -> found.flatMap(WorkQueue::decode));
      }

      @Override
      public void acknowledge(String ack) {
        link.acknowledge(ack);
      }

      @Override
      public Future<Boolean> isAsked(Life life) {
        String stream = NatsSubjects.stream(NatsSubjects.RUNS_BUCKET);
        String name = NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, life.askedKey());
        return SureRead.last(link, stream, name).map(Optional::isPresent);
      }
    };
  }

  private static Optional<Work> decode(Buffer ticket) {
    try {
      return Optional.of(Work.decode(ticket.toJsonObject()));
    } catch (MalformedException | DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
