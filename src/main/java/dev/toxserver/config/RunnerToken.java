package dev.toxserver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The token that runners show, and clients do not have. The server makes the file that is named for
 * it; a runner that is started before the server reads it as soon as it is there.
 */
public final class RunnerToken implements ShownToken {
  private final Settings settings;

  private RunnerToken(Settings settings) {
    this.settings = settings;
  }

  /** What a runner shows: what its settings name, looked up for each connection. */
  public static ShownToken shown(Settings settings) {
    return new RunnerToken(settings);
  }

  @Override
  public Optional<Token> showTo(Optional<String> ip, int port, int localPort) {
    return Token.given(settings, Setting.RUNNER_TOKEN, Setting.RUNNER_TOKEN_FILE);
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
