package dev.toxserver.server.runners;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a runner elsewhere publishes: only of the runs that were placed with it, in order, within
 * the window, and only what a runner has to say. Belongs to the server's context.
 */
final class RunnerEvents {
  private final RunnerName name;
  private final Map<RunId, RemoteRun> runs;
  private final Readers readers;
  private final BiConsumer<RunId, Long> onEnded;

  /**
   * Takes the events of a runner.
   *
   * @param runs those that it has; one that ends is taken out
   * @param onEnded is given the number of its last event: the runner need keep none of them,
   *     whether they were read or not
   */
  RunnerEvents(
      RunnerName name,
      Map<RunId, RemoteRun> runs,
      Readers readers,
      BiConsumer<RunId, Long> onEnded) {
    this.name = name;
    this.runs = runs;
    this.readers = readers;
    this.onEnded = onEnded;
  }

  /**
   * Takes some output, as it was encoded.
   *
   * @throws MalformedException for what the runner may not send
   */
  void take(OutputFrame.Encoded output) {
    RemoteRun run = placed(output.run());
    JsonObject event = output.event();
    // Base64 is a third longer than what the runner's window counts.
    run.take(event.getLong("seq"), RunEventJson.weight(event) / 4 * 3);
    readers.publish(run.id(), event);
  }

  /**
   * Takes any event. What is published is what was understood of it, encoded anew.
   *
   * @throws MalformedException for what the runner may not send
   */
  void take(JsonObject frame) {
    RemoteRun run = placed(Addresses.runOf(frame.getString("address", "")));
    RunEventJson.decode(frame.getValue("body")).ifPresent(event -> take(run, event));
  }

  private void take(RemoteRun run, RunEvent event) {
    if (event instanceof RunEvent.Heartbeat) {
      // The server's own go on when these do not come.
      return;
    }
    if (event instanceof RunEvent.Notice notice) {
      if (run.takesNotice(notice.message())) {
        readers.tell(run.id(), event);
      }
    } else if (event instanceof RunEvent.Exit exit && !exit.lost()) {
      publish(run, exit);
      runs.remove(run.id()).end();
      onEnded.accept(run.id(), exit.seq());
    } else if (event instanceof RunEvent.Started started) {
      publish(run, started.on(name));
    } else if (event instanceof RunEvent.Output output) {
      publish(run, output);
    } else if (event instanceof RunEvent.KeysAwaited || event instanceof RunEvent.Results) {
      publish(run, (RunEvent.Sequenced) event);
    } else {
      throw new MalformedException("type", "is none of a runner's events");
    }
  }

  private void publish(RemoteRun run, RunEvent.Sequenced event) {
    JsonObject body = RunEventJson.encode(event);
    run.take(event.seq(), RunEventJson.weight(body));
    readers.publish(run.id(), body);
  }

  private RemoteRun placed(RunId id) {
    RemoteRun run = runs.get(id);
    if (run == null) {
      throw new MalformedException("address", "run " + id + " was not placed with this runner");
    }
    return run;
  }
}
