package dev.toxserver.client;

/** Where an {@link Exchange} stands. The table says which state follows on which event. */
enum State {
  /** The server has not said a word, and there is no connection. */
  CONNECTING,
  /** The request was sent, and the server has not said a word. */
  ASKED,
  /** The server has spoken, and what it sends is taken in. */
  TALKING,
  /** The connection was lost and is being made again. */
  AWAY,
  /** The server was asked to cancel, and what it sends is still taken in. */
  CANCELLING,
  /** The user has cancelled, and the connection is being made again. */
  CANCELLING_AWAY,
  /** The client has to go, and only waits for the answer to its cancel. */
  LEAVING,
  /** The run has ended, the connection is closed, and the last output is being written. */
  WRITING,
  /** As WRITING; the user has cancelled. */
  WRITING_CANCELLED,
  /** The outcome is known. */
  ENDED;

  /** What happens to an exchange, beside all that ends it in any state. */
  enum Event {
    /** There is a connection, over which nothing was sent. */
    CONNECTED,
    /** A frame came. */
    HEARD,
    /** The connection was lost. */
    LOST,
    /** The user has typed ^C. */
    INTERRUPT,
    /** A signal ends the client, or nobody reads its output. */
    LEAVE,
    /** The run's last event came. */
    RUN_ENDED
  }

  private static final State SAME = null;

  /** A row for each state, a column for each event. */
  private static final State[][] TABLE = {
    // CONNECTED, HEARD, LOST, INTERRUPT, LEAVE, RUN_ENDED
    /* CONNECTING */ {ASKED, SAME, SAME, ENDED, ENDED, SAME},
    /* ASKED */ {SAME, TALKING, CONNECTING, CANCELLING, LEAVING, SAME},
    /* TALKING */ {SAME, SAME, AWAY, CANCELLING, LEAVING, WRITING},
    /* AWAY */ {TALKING, SAME, SAME, CANCELLING_AWAY, ENDED, SAME},
    /* CANCELLING */ {SAME, SAME, CANCELLING_AWAY, ENDED, LEAVING, WRITING_CANCELLED},
    /* CANCELLING_AWAY */ {CANCELLING, SAME, SAME, ENDED, ENDED, SAME},
    /* LEAVING */ {SAME, SAME, ENDED, ENDED, ENDED, SAME},
    /* WRITING */ {SAME, SAME, SAME, WRITING_CANCELLED, ENDED, SAME},
    /* WRITING_CANCELLED */ {SAME, SAME, SAME, ENDED, ENDED, SAME},
    /* ENDED */ {SAME, SAME, SAME, SAME, SAME, SAME},
  };

  /**
   * The state that follows. Where that is {@link #AWAY}, {@link #CANCELLING} or {@link #LEAVING},
   * the exchange ends instead if its request is of a kind that has no such state.
   */
  State after(Event event) {
    State next = TABLE[ordinal()][event.ordinal()];
    return next == SAME ? this : next;
  }

  /** Whether what the server says of the request is taken in. */
  boolean takesIn() {
    return this == TALKING || this == CANCELLING;
  }
}
