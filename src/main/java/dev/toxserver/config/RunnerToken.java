package dev.toxserver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The token that runners show, and clients do not have. The server makes the file that is named for
 * it; a runner that is started before the server reads it as soon as it is there.
 */
public final class RunnerToken implements ShownToken {
  /** Its owner is this process's user. */
  private static final Path THIS_PROCESS = Path.of("/proc/self");

  private final Settings settings;
  private final boolean trusting;

  private RunnerToken(Settings settings, boolean trusting) {
    this.settings = settings;
    this.trusting = trusting;
  }

  /**
   * What a runner shows: what its settings name, looked up for each connection.
   *
   * @param trusting whether the server's user may be anybody, since TLS shows who it is, or the
   *     user says that it need not
   */
  static ShownToken shown(Settings settings, boolean trusting) {
    return new RunnerToken(settings, trusting);
  }

  @Override
  public Optional<Token> showTo(Optional<String> ip, int port, int localPort) {
    if (!trusting && ip.isPresent()) {
      refuseElsewhere(ip.get());
      refuseStrangers(port, localPort);
    }
    return Token.given(settings, Setting.RUNNER_TOKEN, Setting.RUNNER_TOKEN_FILE);
  }

  /** A name may stand for another machine than it sounds like, localhost too. */
  private static void refuseElsewhere(String ip) {
    if (!LoopbackPeer.isLoopback(ip)) {
      throw new InvalidSettingException(
          ip
              + " is another machine's address, and could have anything run here: give --tls-ca, or"
              + " say --insecure to trust it");
    }
  }

  /** Also where there is no token to show: a runner obeys whom it has joined. */
  private void refuseStrangers(int port, int localPort) {
    List<Path> files = new ArrayList<>(List.of(THIS_PROCESS));
    settings.optionalPath(Setting.RUNNER_TOKEN_FILE).ifPresent(files::add);
    OptionalInt stranger = LoopbackPeer.stranger(port, localPort, files);
    if (stranger.isPresent()) {
      throw new InvalidSettingException(
          "another user's program (of user id %d) has the port %d, and could have anything run here: give --tls-ca, or say --insecure to trust it"
              .formatted(stranger.getAsInt(), port));
    }
  }

  /**
   * Which runners a server lets in. Without a token of theirs, none; but those that reach a server
   * which asks nobody for a token, or its socket without one, which is its user's alone.
   *
   * @throws InvalidSettingException if the settings contradict each other, or the file can't be
   *     made
   */
  static RunnerAccess access(Settings settings, boolean closed) {
    Optional<Path> file = settings.optionalPath(Setting.RUNNER_TOKEN_FILE);
    boolean isGiven = file.isPresent() || settings.optionalText(Setting.RUNNER_TOKEN).isPresent();
    if (!isGiven) {
      return closed ? RunnerAccess.CLOSED : RunnerAccess.OPEN;
    }
    if (!settings.on(Setting.AUTH)) {
      throw new InvalidSettingException(
          "--no-auth asks no runner for a token either: leave out --runner-token-file");
    }
    file.ifPresent(RunnerToken::make);
    return Token.given(settings, Setting.RUNNER_TOKEN, Setting.RUNNER_TOKEN_FILE)
        .map(RunnerAccess::wanting)
        .orElseThrow();
  }

  private static void make(Path file) {
    if (Files.exists(file)) {
      return;
    }
    try {
      OwnFiles.create(file, Token.random().secret() + "\n");
    } catch (IOException e) {
      throw new InvalidSettingException(
          "the runners' token can't be kept in %s: %s".formatted(file, OwnFiles.why(e)));
    }
  }
}
