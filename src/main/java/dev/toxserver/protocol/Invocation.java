package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a run executes, and where: all that is done again when it is repeated.
 *
 * @param args tox's arguments, as they were typed; with {@code exec}, a program and its arguments
 * @param folder where it starts, relative to the folder that the server serves; without it, there
 * @param exec whether another program than tox is executed
 * @param on what the runner must have that executes it
 */
public record Invocation(List<String> args, Optional<String> folder, boolean exec, Labels on) {
  /** The most arguments that one run can have. */
  public static final int MAX_ARGS = 4096;

  /** The most bytes (UTF-8) that one run's arguments can have in all. */
  public static final int MAX_ARGS_BYTES = 128 * 1024;

  /** The most bytes (UTF-8) that the path of a folder can have, as on Linux. */
  public static final int MAX_FOLDER_BYTES = 4095;

  /** Takes a copy of the arguments. */
  public Invocation {
    args = List.copyOf(args);
  }

  /** One that any runner can execute. */
  public Invocation(List<String> args, Optional<String> folder, boolean exec) {
    this(args, folder, exec, Labels.NONE);
  }

  /** One of tox. */
  public Invocation(List<String> args, Optional<String> folder) {
    this(args, folder, false);
  }

  /** One of tox in the folder that is served. */
  public Invocation(List<String> args) {
    this(args, Optional.empty());
  }

  /** The same with other arguments. */
  public Invocation with(List<String> others) {
    return new Invocation(others, folder, exec, on);
  }

  /** The same where a runner has these; with none, where it was. */
  public Invocation on(Labels others) {
    return others.isEmpty() ? this : new Invocation(args, folder, exec, others);
  }
}
