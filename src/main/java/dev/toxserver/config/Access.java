package dev.toxserver.config;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Who is let in: decided once, when the server starts.
 *
 * @param tokens each connection has to show one of these; without any, nobody has to show anything
 * @param portToken which of them is published by the port, once that is known
 * @param notice what the user should know about it, in one line; it never shows a token
 * @param warns whether that is a warning
 * @param runners which runners may join
 */
public record Access(
    List<Token> tokens,
    Optional<PortToken> portToken,
    Optional<String> notice,
    boolean warns,
    RunnerAccess runners) {

  private Access(
      List<Token> tokens, Optional<PortToken> portToken, Optional<String> notice, boolean warns) {
    this(tokens, portToken, notice, warns, RunnerAccess.CLOSED);
  }

  /** Nobody has to show anything. */
  public static final Access OPEN = wanting(List.of());

  private static Access wanting(List<Token> tokens) {
    return new Access(tokens, Optional.empty(), Optional.empty(), false);
  }

  /** Everybody has to show this token. */
  public static Access wanting(Token token) {
    return wanting(List.of(token));
  }

  /**
   * Every user of a machine reaches its loopback. So a token is wanted there, too: one that is
   * given, else one that is kept in the project, and another for clients elsewhere. The mode of a
   * Unix socket's file, and the certificates of clients, do as well.
   *
   * @throws InvalidSettingException if a token is wanted, and none can be kept anywhere
   */
  public static Access decide(
      Settings settings, ServerConfig.Listen listen, Environment environment) {
    boolean asksForNone = listen.socket().isPresent() && Token.given(settings).isEmpty();
    if (asksForNone && listen.page().isPresent() && settings.on(Setting.AUTH)) {
      throw new InvalidSettingException(
          "--socket is open to this user alone, and --http to all of this machine: give clients a"
              + " token by --token-file or TOX_SERVER_TOKEN, or say --no-auth");
    }
    boolean open = asksForNone || !settings.on(Setting.AUTH);
    RunnerAccess runners = RunnerToken.access(settings, !open);
    Access clients = decideForClients(settings, listen, environment);
    for (Token token : clients.tokens) {
      if (runners.admits(token.secret())) {
        throw new InvalidSettingException(
            "the runners' token is the clients', too: who has it could make results up; take another");
      }
    }
    return clients.with(runners);
  }

  /** The same for other runners. */
  public Access with(RunnerAccess others) {
    return new Access(tokens, portToken, notice, warns, others);
  }

  private static Access decideForClients(
      Settings settings, ServerConfig.Listen listen, Environment environment) {
    boolean closedOtherwise =
        listen.socket().isPresent() && listen.page().isEmpty()
            || listen.tls().flatMap(Tls::ca).isPresent();
    if (!settings.on(Setting.AUTH)) {
      return closedOtherwise ? OPEN : openTo(listen.bindHost());
    }
    Optional<Token> given = Token.given(settings);
    if (given.isPresent()) {
      return wanting(given.get());
    }
    return closedOtherwise ? OPEN : wantingOurOwn(listen.bindHost(), environment);
  }

  private static Access openTo(String bindHost) {
    String notice =
        "--no-auth: whoever reaches " + bindHost + " can run commands here, and join as a runner";
    return new Access(List.of(), Optional.empty(), Optional.of(notice), true);
  }

  private static Access wantingOurOwn(String bindHost, Environment environment) {
    Token kept;
    try {
      kept = TokenFile.obtain(environment.folder());
    } catch (IOException e) {
      return ofPortAlone(bindHost, environment, OwnFiles.why(e));
    }
    String notice = "Clients need the token in " + TokenFile.in(environment.folder());
    try {
      PortToken ofPort = PortToken.prepare(environment.variables(), bindHost);
      return new Access(
          List.of(kept, ofPort.token()), Optional.of(ofPort), Optional.of(notice), false);
    } catch (IOException e) {
      String elsewhere = notice + ", and find none by the port (" + OwnFiles.why(e) + ")";
      return new Access(List.of(kept), Optional.empty(), Optional.of(elsewhere), false);
    }
  }

  private static Access ofPortAlone(String bindHost, Environment environment, String whyNotKept) {
    String trouble = "no token can be kept in " + environment.folder() + " (" + whyNotKept + ")";
    String cure = "name one with --token-file or TOX_SERVER_TOKEN";
    try {
      PortToken ofPort = PortToken.prepare(environment.variables(), bindHost);
      String notice =
          trouble + ": only this user's clients on this machine find one; for others, " + cure;
      return new Access(List.of(ofPort.token()), Optional.of(ofPort), Optional.of(notice), true);
    } catch (IOException e) {
      throw new InvalidSettingException(
          trouble + ", nor in the state folder (" + OwnFiles.why(e) + "): " + cure);
    }
  }
}
