package dev.toxserver.config;

/** When something is done that is not always wanted. */
public enum When {
  /** Where it makes sense. */
  AUTO,
  ALWAYS,
  NEVER
}
