package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RequestJson;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
import dev.toxserver.protocol.Usual;
import dev.toxserver.server.delivery.Follower;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.tokens.Rights;
import dev.toxserver.server.tokens.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers clients' requests on the event bus, whatever transport has put them there. */
final class Requests {
  private static final Logger LOG = Logger.getLogger(Requests.class.getName());

  private final Answers answers;
  private final Runs runs;
  private final Roster roster;
  private final Connections connections;
  private final Tokens tokens;

  Requests(Vertx vertx, Runs runs, Roster roster, Connections connections, Tokens tokens) {
    this.answers = new Answers(vertx, connections);
    this.runs = runs;
    this.roster = roster;
    this.connections = connections;
    this.tokens = tokens;
  }

  /** Answers from now on, on the caller's context. */
  void serve() {
    answers.to(Addresses.RUN, this::run);
    answers.to(Addresses.CANCEL, this::cancel);
    answers.to(Addresses.PING, this::ping);
    answers.to(Addresses.QUIT, this::quit);
    answers.to(Addresses.ATTACH, this::attach);
    answers.to(Addresses.ACKNOWLEDGE, this::acknowledge);
    answers.to(Addresses.STATUS, this::status);
    answers.to(Addresses.RESULTS, this::results);
    answers.to(Addresses.INPUT, this::input);
    answers.to(Addresses.RESIZE, this::resize);
    answers.to(Addresses.RUNNERS, this::runners);
    new TokenRequests(answers, runs.catalogue(), connections, tokens).serve();
  }

  private void run(Message<Object> message) {
    if (connections.hasLostSenderOf(message)) {
      LOG.log(Level.INFO, "{0} ignored: its client has gone", message.address());
      return;
    }
    Request.Run request = RequestJson.decodeRun(message.body());
    Rights rights = connections.rightsOf(message);
    Future<Run> accepted = runs.accept(request, rights, connections.senderOf(message));
    Answers.when(message, accepted, run -> accepted(message, run, rights.leftOut(request)));
  }

  private void accepted(Message<Object> message, Run run, Optional<String> leftOut) {
    Optional<Usual> usual = runs.catalogue().usual(run.request().invocation());
    Answers.reply(message, new Reply.Accepted(run.id(), !run.isWaiting(), run.position(), usual));
    runs.scheduler().begin(run);
    leftOut.ifPresent(why -> answers.behind(() -> run.flow().tell(new RunEvent.Notice(why))));
  }

  private void cancel(Message<Object> message) {
    Request.Cancel request = RequestJson.decodeCancel(message.body());
    Rights rights = connections.rightsOf(message);
    Answers.reply(message, runs.cancellations().cancel(request, rights).map(Reply.Cancelled::new));
  }

  private void ping(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    Answers.reply(message, runs.pings().pong(connections.rightsOf(message).scope()));
  }

  private void quit(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    Answers.reply(message, new Reply.Done());
    runs.drain().begin();
  }

  private void attach(Message<Object> message) {
    Request.Attach asked = RequestJson.decodeAttach(message.body());
    Connection reader = readerOf(message);
    Rights rights = connections.rightsOf(message);
    Request.Attach request =
        new Request.Attach(
            readable(asked.id(), rights), asked.from(), asked.follow(), asked.role(), asked.hold());
    checkRole(request, reader, rights);
    RunLog log = runs.attachments().meant(request, reader);
    Future<Void> ready = log.journal().ready();
    runs.attachments().check(request, reader, ready.isComplete());
    runs.attachments()
        .whileComing(
            () -> {
              // At once: what has been printed may take long to be found, and others must know who
              // is here.
              Optional<Long> hold = runs.attached(request, log.id(), reader);
              return Answers.when(message, ready, known -> attach(message, request, reader, hold));
            });
  }

  private void attach(
      Message<Object> message, Request.Attach request, Connection reader, Optional<Long> hold) {
    Follower follower = runs.attachments().attach(request, reader);
    Answers.reply(message, follower.answer(hold));
    answers.behind(() -> begin(follower));
  }

  private void begin(Follower follower) {
    follower.begin();
    runs.catalogue().unfinished(follower.id()).ifPresent(runs.scheduler()::isRead);
  }

  private RunId readable(RunId name, Rights rights) {
    return rights
        .readable(name, runs.catalogue()::shared)
        .orElseThrow(() -> new RefusedException(ErrorCode.FORBIDDEN, "id: " + rights.words()));
  }

  /** Whoever comes back to a run that has ended meanwhile only reads it. */
  private void checkRole(Request.Attach request, Connection reader, Rights rights) {
    if (request.role() == Role.ONLOOKER) {
      return;
    }
    RunId id = runs.attachments().meant(request, reader).id();
    Optional<Run> run = runs.catalogue().unfinished(id);
    if (!rights.mayRun() || run.isPresent() && !rights.owns(run.get().owner())) {
      throw new RefusedException(
          ErrorCode.FORBIDDEN, "id: is of a run of others; " + rights.words());
    }
  }

  private void acknowledge(Message<Object> message) {
    runs.attachments()
        .acknowledge(RequestJson.decodeAcknowledge(message.body()), readerOf(message));
    Answers.reply(message, new Reply.Acknowledged());
  }

  private void input(Message<Object> message) {
    InputRequest request = RequestJson.decodeInput(message.body());
    Answers.reply(message, runs.inputs().take(request, readerOf(message)));
  }

  private void resize(Message<Object> message) {
    runs.inputs().resize(RequestJson.decodeResize(message.body()), readerOf(message));
    Answers.reply(message, new Reply.Resized());
  }

  private void status(Message<Object> message) {
    StatusRequest request = RequestJson.decodeStatus(message.body());
    answers.atLength(message, () -> StatusReply.of(runs.catalogue().status(request)));
  }

  private void results(Message<Object> message) {
    Request.Results asked = RequestJson.decodeResults(message.body());
    RunId id = readable(asked.id(), connections.rightsOf(message));
    answers.atLength(message, () -> runs.catalogue().results(new Request.Results(id)));
  }

  private void runners(Message<Object> message) {
    RequestJson.decodeEmpty(message.body());
    answers.atLength(message, () -> new Reply.Runners(roster.status()));
  }

  private Connection readerOf(Message<Object> message) {
    return connections
        .senderOf(message)
        .orElseThrow(
            () ->
                new RefusedException(
                    ErrorCode.MALFORMED, "address: works for clients of the bridge only"));
  }
}
