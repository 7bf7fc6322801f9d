package dev.toxserver.protocol;

import java.util.Optional;

/**
 * Tell which runs there are and were.
 *
 * @param id only of this run, or of this matrix
 * @param alike of all that do the same as that run, too
 * @param tree only those of these files
 * @param afterMillis only those that were accepted later than this, since 1970, and those that have
 *     not ended: what is new to who has asked before
 */
public record StatusRequest(
    Optional<RunId> id, boolean alike, Optional<GitTree> tree, Optional<Long> afterMillis)
    implements Request {
  /** Whenever they were accepted. */
  public StatusRequest(Optional<RunId> id, boolean alike, Optional<GitTree> tree) {
    this(id, alike, tree, Optional.empty());
  }

  /** Of one run or matrix, or of all. */
  public StatusRequest(Optional<RunId> id) {
    this(id, false, Optional.empty());
  }

  @Override
  public String address() {
    return Addresses.STATUS;
  }
}
