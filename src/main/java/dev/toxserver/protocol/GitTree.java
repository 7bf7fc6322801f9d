package dev.toxserver.protocol;

/**
 * The id of a tree of git's: two are the same if and only if all the files are.
 *
 * @param id 40 or 64 of 0-9 a-f
 */
public record GitTree(String id) {
  private static final int SHA_1 = 40;
  private static final int SHA_256 = 64;

  /** Checks it. */
  public GitTree {
    boolean hex = id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    if (!hex || id.length() != SHA_1 && id.length() != SHA_256) {
      throw new MalformedException("tree", "must be the id of a git tree, 40 or 64 of 0-9 a-f");
    }
  }
}
