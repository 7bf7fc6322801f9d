package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;

/**
 * The size of a terminal, in characters.
 *
 * @param columns from 1 to {@link #MAX}
 * @param rows from 1 to {@link #MAX}
 */
public record TerminalSize(int columns, int rows) {
  /** The most columns and rows; the kernel's own limit is 65535. */
  public static final int MAX = 9999;

  /**
   * Checks it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public TerminalSize {
    check("columns", columns);
    check("rows", rows);
  }

  private static void check(String field, long number) {
    if (number < 1 || number > MAX) {
      throw new MalformedException(field, "must be from 1 to " + MAX);
    }
  }

  /** Adds {@code columns} and {@code rows} to an object; returns it. */
  JsonObject writeTo(JsonObject object) {
    return object.put("columns", columns).put("rows", rows);
  }

  /** Reads {@code columns} and {@code rows}. */
  static TerminalSize of(Fields fields) {
    long columns = fields.count("columns");
    long rows = fields.count("rows");
    check("columns", columns);
    check("rows", rows);
    return new TerminalSize((int) columns, (int) rows);
  }
}
