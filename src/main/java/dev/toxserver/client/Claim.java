package dev.toxserver.client;

import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.StatusRequest;
import dev.toxserver.protocol.TokenRequest;
import java.util.Optional;

/**
 * Whether a run is this client's: the run then ends with it, and what is typed here goes there. A
 * run is of the client that asked for it, until another takes it over.
 */
final class Claim {
  private static final String TAKEN =
      "Another client has taken the run over: what you type does not go there any more.";

  private final Request request;
  private final Terminal terminal;
  private final Optional<Keyboard> keyboard;
  private Role role = Role.ONLOOKER;
  private long hold;
  private boolean ours;

  /**
   * What a client has that makes this request: its own run, but for one that it leaves alone.
   *
   * @param keyboard is told when the run is this client's, and when it is no more
   */
  Claim(Request request, Terminal terminal, Optional<Keyboard> keyboard) {
    this.request = request;
    this.terminal = terminal;
    this.keyboard = keyboard;
    if (request instanceof Request.Run run && !run.detached()) {
      role = Role.REQUESTER;
      ours = true;
    } else if (request instanceof Request.Attach attach) {
      role = attach.role();
    }
  }

  /** Whether the run is this client's now. */
  boolean isOurs() {
    return ours;
  }

  /** Whether it is not, and this client does not want it: not from the first, or no more. */
  boolean looksOn() {
    return role == Role.ONLOOKER;
  }

  /**
   * What ends it; nothing for a run that is somebody else's, and for a look at the runs.
   *
   * @param attached the run that this client has attached to, if it has
   */
  Optional<Request> cancel(RunId attached) {
    if (request instanceof Request.Run run && (run.detached() || ours)) {
      return Optional.of(new Request.CancelRun(run.id()));
    }
    if (request instanceof Request.Attach && ours) {
      return Optional.of(new Request.CancelRun(attached));
    }
    return request instanceof Request.Run
            || request instanceof Request.Attach
            || request instanceof StatusRequest
            || request instanceof Request.Results
            || request instanceof TokenRequest
        ? Optional.empty()
        : Optional.of(new Request.CancelCommand(request.command()));
  }

  /** Over a new connection, asks for a run's events, and for the run itself if it was ours. */
  Request.Attach attach(RunId id, Optional<Long> from, boolean follow) {
    return new Request.Attach(id, from, follow, role, hold);
  }

  /** The server has taken on the run that was asked for. */
  void accepted(RunId id) {
    hold(id, false);
  }

  /** The server says whose the run is; an older one says nothing of it, and takes no input. */
  void attached(Reply.Attached answer) {
    if (answer.hold().isPresent()) {
      hold = answer.hold().orElseThrow();
      role = Role.REQUESTER;
      ours = true;
    } else if (ours && keyboard.isPresent() && !answer.state().isOver()) {
      taken();
    }
    hold(answer.id(), answer.state() == RunState.RUNNING && answer.from() > 0);
  }

  /** Takes in what a run's event tells of its keyboard, if anything. */
  void read(RunEvent event) {
    if (event instanceof RunEvent.Taken) {
      taken();
    } else if (keyboard.isPresent() && event instanceof RunEvent.Started started) {
      keyboard.get().started(started.terminal().isPresent());
    }
  }

  /** Nothing more is typed into the run from here. */
  void end() {
    if (keyboard.isPresent()) {
      keyboard.get().end();
    }
  }

  /** Another client has the run now. */
  private void taken() {
    role = Role.ONLOOKER;
    ours = false;
    if (keyboard.isPresent()) {
      keyboard.get().taken();
    }
    terminal.say(TAKEN);
  }

  private void hold(RunId id, boolean underWay) {
    if (ours && keyboard.isPresent()) {
      keyboard.get().hold(id, underWay);
    }
  }
}
