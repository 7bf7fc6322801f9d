package dev.toxserver.server.trace;

import java.util.OptionalLong;

/**
 * What came of sending spans.
 *
 * @param outcome whether the collector has them
 * @param why it has not, or not all of them
 * @param retryMillis when it wants them again, if it says
 */
record Delivery(Outcome outcome, String why, OptionalLong retryMillis) {
  static final Delivery TAKEN = new Delivery(Outcome.TAKEN, "", OptionalLong.empty());

  enum Outcome {
    TAKEN,
    /** They may be sent again: the collector has none of them. */
    LATER,
    /** It would not take them another time either, or has taken some. */
    REFUSED
  }

  static Delivery later(String why) {
    return new Delivery(Outcome.LATER, why, OptionalLong.empty());
  }

  static Delivery refused(String why) {
    return new Delivery(Outcome.REFUSED, why, OptionalLong.empty());
  }
}
