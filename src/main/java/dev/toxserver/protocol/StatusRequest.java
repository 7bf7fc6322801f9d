package dev.toxserver.protocol;

import java.util.Optional;

/**
 * Tell which runs there are and were.
 *
 * @param id only of this run, or of this matrix
 * @param alike of all that do the same as that run, too
 * @param tree only those of these files
 */
public record StatusRequest(Optional<RunId> id, boolean alike, Optional<GitTree> tree)
    implements Request {
  /** Of one run or matrix, or of all. */
  public StatusRequest(Optional<RunId> id) {
    this(id, false, Optional.empty());
  }

  @Override
  public String address() {
    return Addresses.STATUS;
  }
}
