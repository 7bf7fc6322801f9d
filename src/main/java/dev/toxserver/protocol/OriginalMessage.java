package dev.toxserver.protocol;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A message of the original tox-server's protocol, as its version 1 writes them: {@code {"command",
 * "args", "timeout", "version"}}.
 *
 * @param command what it is about
 * @param args of a request or an answer, whatever JSON that has
 * @param timeout in a request that wants heartbeats: the longest silence accepted, in seconds
 */
public record OriginalMessage(Command command, Object args, Optional<Double> timeout) {
  private static final int VERSION = 1;

  /** The most characters of a command's name that are repeated to whoever has sent it. */
  private static final int MAX_NAME = 100;

  /** The original's commands, by their names. */
  public enum Command {
    /** An answer: why there is no other. */
    ERR,
    /** To drain and leave; the answer is DONE. */
    QUIT,
    /** Whether the server is well. */
    PING,
    /** To run tox; the answer is its exit code. */
    RUN,
    /** Some output of a run. */
    OUTPUT,
    /** To end a request of one's own. It has no answer but that request's. */
    INTERRUPT,
    /** To end all requests of one kind. */
    CANCEL,
    /** That a run is alive. */
    HEARTBEAT
  }

  /** An answer. */
  public OriginalMessage(Command command, Object args) {
    this(command, args, Optional.empty());
  }

  /**
   * Reads what a client has sent.
   *
   * @throws MalformedException in words that the client may show
   */
  public static OriginalMessage decode(Buffer text) {
    JsonObject message;
    try {
      message = text.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new MalformedException("message", "JSON decode error: it must be an object");
    }
    for (String key : List.of("command", "args")) {
      if (!message.containsKey(key)) {
        throw new MalformedException("message", "JSON missing key: '" + key + "'");
      }
    }
    Optional<Double> timeout =
        message.getValue("timeout") instanceof Double seconds
            ? Optional.of(seconds)
            : Optional.empty();
    String name = String.valueOf(message.getValue("command"));
    Command command =
        command(name)
            .orElseThrow(
                () -> new MalformedException("message", "Unknown command: " + shortened(name)));
    return new OriginalMessage(command, message.getValue("args"), timeout);
  }

  /** As it is sent. */
  public Buffer encode() {
    return new JsonObject()
        .put("command", command.name())
        .put("args", args)
        .put("version", VERSION)
        .toBuffer();
  }

  /** Why a request has failed. */
  public static OriginalMessage error(String message) {
    return new OriginalMessage(Command.ERR, new JsonObject().put("message", message));
  }

  /** The same of a request that is under way already. */
  public static OriginalMessage alreadyStarted(Command command) {
    JsonObject args = new JsonObject().put("message", "A task has already started.");
    return new OriginalMessage(Command.ERR, args.put("command", command.name()));
  }

  /** Some bytes of a run's output. */
  public static OriginalMessage output(Stream stream, byte[] data) {
    JsonObject args = new JsonObject().put("data", Base85.encode(data));
    return new OriginalMessage(Command.OUTPUT, args.put("stream", stream.name()));
  }

  /** A run is alive. */
  public static OriginalMessage heartbeat(String state) {
    double now = System.currentTimeMillis() / 1000.0;
    return new OriginalMessage(
        Command.HEARTBEAT, new JsonObject().put("now", now).put("state", state));
  }

  /** How a run has ended. */
  public static OriginalMessage exit(int returncode, List<String> args) {
    return new OriginalMessage(
        Command.RUN, new JsonObject().put("returncode", returncode).put("args", args));
  }

  /**
   * The arguments of tox that a RUN names.
   *
   * @throws MalformedException if it names none
   */
  public List<String> tox() {
    if (args instanceof JsonObject named
        && named.getValue("tox") instanceof JsonArray words
        && words.stream().allMatch(String.class::isInstance)) {
      return words.stream().map(String.class::cast).toList();
    }
    throw new MalformedException("args", "tox must be an array of strings");
  }

  /** The name of the command that a CANCEL or an INTERRUPT is about; it may be none. */
  public String target() {
    return args instanceof JsonObject named
        ? shortened(String.valueOf(named.getValue("command")))
        : "";
  }

  private static String shortened(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
  }

  /** The command of a name, if there is one. */
  public static Optional<Command> command(String name) {
    return Arrays.stream(Command.values()).filter(each -> each.name().equals(name)).findFirst();
  }
}
