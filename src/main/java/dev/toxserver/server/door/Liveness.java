package dev.toxserver.server.door;

/** When a client was last heard of. Belongs to the server's context. */
final class Liveness {
  private long heardNanos = System.nanoTime();
  private boolean acknowledges;

  /** Something has come from the client. */
  void heard() {
    heardNanos = System.nanoTime();
  }

  /**
   * What the client was sent has left: a client that reads and has nothing to say is alive, too.
   * Not so one that says how far it has read: a proxy before it may go on reading when it is gone.
   */
  void taken() {
    if (!acknowledges) {
      heard();
    }
  }

  /** The client says how far it has read: from now on only what it says is a sign of life. */
  void acknowledges() {
    acknowledges = true;
  }

  /** For how long there was no sign of life. */
  long silentMillis() {
    return (System.nanoTime() - heardNanos) / 1_000_000;
  }
}
