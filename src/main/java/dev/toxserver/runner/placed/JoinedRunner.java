package dev.toxserver.runner.placed;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.Optional;

/** A runner whose runs come from elsewhere, once it is deployed. */
public interface JoinedRunner extends Deployable {
  /** Completes when the runner has left, or was refused: then with the reason, in one line. */
  Future<Optional<String>> left();

  /**
   * A signal asks the runner to leave: the first has it finish what it has and take nothing more, a
   * later one also cancels that. May be called on any thread, once it is deployed.
   */
  void signalled();
}
