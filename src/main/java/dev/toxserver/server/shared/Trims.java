package dev.toxserver.server.shared;

import dev.toxserver.nats.LogTrim;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunnerRequest;
import io.vertx.core.Future;

/**
 * Deletes the beginnings of logs that are longer than is to be kept. Whatever a runner asks for,
 * only its own logs are touched. Belongs to the server's context.
 */
final class Trims {
  private final NatsLink link;
  private final Once<RunnerRequest.Trim, HubReply> once = new Once<>();

  Trims(NatsLink link) {
    this.link = link;
  }

  /**
   * Deletes what the runner says; fails if that can't be done now.
   *
   * @throws MalformedException if it is more than could be
   */
  Future<HubReply> trim(RunnerRequest.Trim trim) {
    int most = RunnerRequest.Trim.MOST_MESSAGES;
    if (trim.below() - trim.from() > most) {
      throw new MalformedException("below", "is more than " + most + " beyond the first");
    }
    NatsSubjects.Log log = new NatsSubjects.Log(trim.runner(), trim.run(), trim.placement());
    return once.decide(
        trim,
        () ->
            new LogTrim(link, log)
                .delete(trim.from(), trim.below())
                .map(deleted -> new HubReply.Done()));
  }
}
