package dev.toxserver.protocol;

import java.util.List;
import java.util.OptionalLong;

/**
 * A token, without what is secret of it.
 *
 * @param id by which it is revoked, and with which it begins
 * @param scope what it may
 * @param args patterns of the arguments with which it may run tox; without any, with all
 * @param createdMillis when it was made, since 1970
 * @param expiresMillis when it ends, since 1970; if empty, when it is revoked
 */
public record TokenStatus(
    String id, Scope scope, List<String> args, long createdMillis, OptionalLong expiresMillis) {
  /** Takes a copy of the patterns. */
  public TokenStatus {
    args = List.copyOf(args);
  }
}
