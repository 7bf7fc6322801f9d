package dev.toxserver.server.door.zmtp;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OriginalMessage;
import dev.toxserver.protocol.OriginalMessage.Command;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One client of the original's: what it asks for becomes frames of ours, and what the server sends
 * becomes its messages. As in the original, one request of each kind can be under way at a time.
 *
 * <p>Belongs to the context of one connection.
 */
public final class Dialogue {
  /** The most bytes that routers on a message's way may have put before it. */
  static final int MAX_ENVELOPE_BYTES = 1024;

  private final Consumer<JsonObject> asks;
  private final Consumer<List<Buffer>> tells;

  /** What each that is under way came in: its answer goes back in the same. */
  private final Map<Command, List<Buffer>> envelopes = new EnumMap<>(Command.class);

  /** The last run that was asked for, whose address is registered. */
  private Optional<Request.Run> run = Optional.empty();

  private boolean started;

  /**
   * Nothing is asked for yet.
   *
   * @param asks takes the frames of a request
   * @param tells takes the parts of an answer that the server need not be asked for
   */
  public Dialogue(Consumer<JsonObject> asks, Consumer<List<Buffer>> tells) {
    this.asks = asks;
    this.tells = tells;
  }

  /**
   * The client has sent a message.
   *
   * @throws MalformedException if it can't be answered: no envelope ends before its last part
   */
  public void sent(List<Buffer> parts) {
    int last = parts.size() - 1;
    boolean empty = parts.get(last).length() == 0;
    boolean delimited = last > 0 && parts.get(last - 1).length() == 0;
    // A copy: the content is not kept.
    List<Buffer> envelope = delimited || !empty ? List.copyOf(parts.subList(0, last)) : parts;
    if (!delimited && !empty || bytes(envelope) > MAX_ENVELOPE_BYTES) {
      throw new MalformedException("message", "has no empty part before its content");
    }
    try {
      if (!delimited) {
        throw new MalformedException("message", "Invalid message missing content");
      }
      request(OriginalMessage.decode(parts.get(last)), envelope);
    } catch (MalformedException e) {
      tell(envelope, OriginalMessage.error(e.getMessage()));
    }
  }

  /**
   * What a frame of ours says in the client's own words, if it has words for it.
   *
   * @param frame without its length
   */
  public Optional<List<Buffer>> told(Buffer frame) {
    Optional<OutputFrame> output = OutputFrame.decode(frame);
    if (output.isPresent()) {
      return event(output.get().run(), output.get().output());
    }
    JsonObject json = frame.toJsonObject();
    String address = json.getString("address", "");
    Optional<Command> asked = OriginalMessage.command(address);
    if (json.getString("type").equals("err")) {
      asked.filter(Command.RUN::equals).ifPresent(refused -> forget());
      return asked.flatMap(
          command -> last(command, OriginalMessage.error(json.getString("message"))));
    }
    return asked.isPresent()
        ? reply(asked.get(), json.getJsonObject("body"))
        : RunEventJson.decode(json.getValue("body"))
            .flatMap(event -> event(Addresses.runOf(address), event));
  }

  private void request(OriginalMessage message, List<Buffer> envelope) {
    Command command = message.command();
    if (envelopes.containsKey(command)) {
      tell(envelope, OriginalMessage.alreadyStarted(command));
      return;
    }
    switch (command) {
      case RUN -> run(new Request.Run(RunId.random(), message.tox(), message.timeout()), envelope);
      case PING -> ask(command, new Request.Ping(), envelope);
      case QUIT -> ask(command, new Request.Quit(), envelope);
      case CANCEL ->
          known(message.target(), envelope)
              .ifPresent(target -> ask(command, cancelAll(target), envelope));
      case INTERRUPT ->
          known(message.target(), envelope).ifPresent(target -> interrupt(target, envelope));
      default -> tell(envelope, OriginalMessage.error("Unknown command: " + command));
    }
  }

  private static Request cancelAll(Command target) {
    return new Request.CancelCommand(target.name().toLowerCase(Locale.ROOT));
  }

  private Optional<Command> known(String name, List<Buffer> envelope) {
    Optional<Command> command = OriginalMessage.command(name);
    if (command.isEmpty()) {
      tell(envelope, OriginalMessage.error("Unknown command " + name));
    }
    return command;
  }

  private void run(Request.Run request, List<Buffer> envelope) {
    forget();
    run = Optional.of(request);
    started = false;
    asks.accept(Frames.register(Addresses.output(request.id())));
    ask(Command.RUN, request, envelope);
  }

  /** Of the run before, nothing is kept and nothing more wanted. */
  private void forget() {
    run.ifPresent(before -> asks.accept(Frames.unregister(Addresses.output(before.id()))));
    run = Optional.empty();
  }

  private void interrupt(Command target, List<Buffer> envelope) {
    if (target == Command.RUN && envelopes.containsKey(target)) {
      Request cancel = new Request.CancelRun(run.orElseThrow().id());
      asks.accept(Frames.send(cancel, Command.INTERRUPT.name()));
    } else {
      tell(envelope, OriginalMessage.error("Could not find task"));
    }
  }

  private void ask(Command command, Request request, List<Buffer> envelope) {
    envelopes.put(command, envelope);
    asks.accept(Frames.send(request, command.name()));
  }

  private Optional<List<Buffer>> reply(Command command, JsonObject body) {
    return switch (command) {
      // A run's end, by itself or not, is an event.
      case RUN, INTERRUPT -> Optional.empty();
      case QUIT -> last(command, new OriginalMessage(command, body.getString("status")));
      default -> last(command, new OriginalMessage(command, body));
    };
  }

  private Optional<List<Buffer>> event(RunId id, RunEvent event) {
    if (run.isEmpty() || !run.get().id().equals(id)) {
      return Optional.empty();
    }
    if (event instanceof RunEvent.Output output) {
      return message(Command.RUN, OriginalMessage.output(output.stream(), output.data()));
    }
    if (event instanceof RunEvent.Heartbeat heartbeat) {
      return message(Command.RUN, OriginalMessage.heartbeat(heartbeat.state()));
    }
    if (event instanceof RunEvent.Exit exit) {
      return last(Command.RUN, exit(run.get(), exit));
    }
    started |= event instanceof RunEvent.Started;
    return Optional.empty();
  }

  private OriginalMessage exit(Request.Run of, RunEvent.Exit exit) {
    if (exit.error().isPresent()) {
      return OriginalMessage.error(exit.error().get());
    }
    return exit.cancelled() && !started
        ? OriginalMessage.error("Command RUN was cancelled.")
        : OriginalMessage.exit(exit.returncode(), of.args());
  }

  /** The answer with which a request ends. */
  private Optional<List<Buffer>> last(Command command, OriginalMessage answer) {
    Optional<List<Buffer>> message = message(command, answer);
    envelopes.remove(command);
    return message;
  }

  private Optional<List<Buffer>> message(Command command, OriginalMessage answer) {
    return Optional.ofNullable(envelopes.get(command)).map(envelope -> inside(envelope, answer));
  }

  private void tell(List<Buffer> envelope, OriginalMessage answer) {
    tells.accept(inside(envelope, answer));
  }

  private static List<Buffer> inside(List<Buffer> envelope, OriginalMessage answer) {
    List<Buffer> parts = new ArrayList<>(envelope);
    parts.add(answer.encode());
    return parts;
  }

  private static int bytes(List<Buffer> parts) {
    return parts.stream().mapToInt(Buffer::length).sum();
  }
}
