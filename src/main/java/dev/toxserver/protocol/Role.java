package dev.toxserver.protocol;

/** What a client that attaches to a run wants to be. */
public enum Role {
  /** It reads, and nothing else. */
  ONLOOKER,
  /** It had the run and its keyboard over a connection that was lost, and goes on. */
  REQUESTER,
  /** It takes the run and its keyboard from the client that has them. */
  TAKER
}
