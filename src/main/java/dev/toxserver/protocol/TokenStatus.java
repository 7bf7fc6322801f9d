package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A token, without what is secret of it.
 *
 * @param id by which it is revoked, and with which it begins
 * @param scope what it may
 * @param args patterns of the arguments with which it may run tox; without any, with all
 * @param run the only run that it may read, if it is a link
 * @param createdMillis when it was made, since 1970
 * @param expiresMillis when it ends, since 1970; if empty, when it is revoked; a link also ends
 *     with its run
 */
public record TokenStatus(
    String id,
    Scope scope,
    List<String> args,
    Optional<RunId> run,
    long createdMillis,
    OptionalLong expiresMillis) {
  /** Takes a copy of the patterns. */
  public TokenStatus {
    args = List.copyOf(args);
  }

  /** The same with another end. */
  public TokenStatus until(long millis) {
    return new TokenStatus(id, scope, args, run, createdMillis, OptionalLong.of(millis));
  }
}
