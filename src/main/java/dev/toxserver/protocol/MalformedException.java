package dev.toxserver.protocol;

/** A message that does not follow the contract; the message names the field that is wrong. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the field and what is wrong with it.
   *
   * @param field the name of the JSON field, or "body" for the whole
   * @param problem what is wrong, as it reads after the field's name
   */
  public MalformedException(String field, String problem) {
    super(field + ": " + problem);
  }
}
