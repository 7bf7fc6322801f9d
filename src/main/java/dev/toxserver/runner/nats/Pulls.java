package dev.toxserver.runner.nats;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.PullRequest;
import dev.toxserver.nats.Pulled;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Asks for work of each kind of needs that the runner can serve, while it has room. One request of
 * a kind is under way: so more may come than there is room for, which is given back. Belongs to the
 * link's context.
 */
final class Pulls {
  /** A request is renewed now and then: the server may have forgotten it. */
  private static final long EXPIRES_MILLIS = 20_000;

  /** Who is refused would be again at once: there may be no leader, or no such work yet. */
  private static final long PAUSE_MILLIS = 1_000;

  private final NatsLink link;
  private final BooleanSupplier hasRoom;
  private final Consumer<Pulled> onPulled;
  private final Set<String> kinds = new LinkedHashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean closed;

  /** Asks for nothing yet. */
  Pulls(NatsLink link, BooleanSupplier hasRoom, Consumer<Pulled> onPulled) {
    this.link = link;
    this.hasRoom = hasRoom;
    this.onPulled = onPulled;
  }

  /** There may be work of these kinds, besides those that are known. */
  void of(List<Labels> needs) {
    needs.forEach(each -> kinds.add(NatsSubjects.labels(each)));
    check();
  }

  /** Asks, if there is room now. */
  void check() {
    for (String kind : kinds) {
      if (!closed && hasRoom.getAsBoolean() && underWay.add(kind)) {
        ask(kind);
      }
    }
  }

  /** Asks no more. What comes all the same is given back. */
  void close() {
    closed = true;
  }

  private void ask(String kind) {
    boolean[] came = {false};
    PullRequest.begin(
        link,
        NatsSubjects.WORK_STREAM,
        kind,
        1,
        EXPIRES_MILLIS,
        pulled -> {
          came[0] = true;
          onPulled.accept(pulled);
        },
        () -> ended(kind, came[0]));
  }

  private void ended(String kind, boolean came) {
    if (came) {
      underWay.remove(kind);
      check();
    } else {
      link.vertx()
          .setTimer(
              PAUSE_MILLIS,
              later -> {
                underWay.remove(kind);
                check();
              });
    }
  }
}
