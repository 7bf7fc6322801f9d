package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The place of a run in a matrix: one run for each of tox's environments.
 *
 * @param matrix the name that all runs of the matrix share, of the form of a run's id
 * @param environment 1 to 200 characters, all of which can be shown
 * @param of how many environments the matrix has, if that is told: at least 1. So whoever finds
 *     fewer knows that some are missing
 */
public record Cell(RunId matrix, String environment, OptionalInt of) {
  private static final String FIELD = "matrix";
  private static final int LONGEST = 200;

  /**
   * Checks it.
   *
   * @throws MalformedException naming the field {@code id}, {@code environment} or {@code of}
   */
  public Cell {
    if (matrix.equals(RunId.LAST)) {
      throw new MalformedException("id", "last stands for the newest run and can't name a matrix");
    }
    if (!isName(environment)) {
      throw new MalformedException(
          "environment", "must be 1 to " + LONGEST + " characters that can be shown");
    }
    if (of.isPresent() && of.getAsInt() < 1) {
      throw new MalformedException("of", "must be from 1 to " + Integer.MAX_VALUE);
    }
  }

  /** One of a matrix whose size is not told. */
  public Cell(RunId matrix, String environment) {
    this(matrix, environment, OptionalInt.empty());
  }

  /** Whether a text can name an environment. */
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.codePoints().allMatch(Cell::canBeShown);
  }

  /** Others' terminals show it; half a surrogate pair could not even be sent. */
  private static boolean canBeShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * What an object has as its {@code matrix}, if anything.
   *
   * @throws MalformedException naming the field {@code matrix} and what is wrong in it
   */
  public static Optional<Cell> in(JsonObject object) {
    Fields fields = new Fields(object);
    if (!fields.has(FIELD)) {
      return Optional.empty();
    }
    Fields cell = fields.nested(FIELD);
    try {
      return Optional.of(
          new Cell(new RunId(cell.text("id")), cell.text("environment"), size(cell)));
    } catch (MalformedException e) {
      throw new MalformedException(FIELD, e.getMessage());
    }
  }

  private static OptionalInt size(Fields cell) {
    return cell.has("of") ? OptionalInt.of(cell.smallCount("of")) : OptionalInt.empty();
  }

  /** Gives it to an object. */
  public void writeTo(JsonObject object) {
    JsonObject cell = new JsonObject().put("id", matrix.value()).put("environment", environment);
    of.ifPresent(size -> cell.put("of", size));
    object.put(FIELD, cell);
  }

  /** Takes it from an object, if that has one. */
  static void removeFrom(JsonObject object) {
    object.remove(FIELD);
  }
}
