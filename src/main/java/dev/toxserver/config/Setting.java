package dev.toxserver.config;

import static dev.toxserver.config.SettingType.BYTES;
import static dev.toxserver.config.SettingType.COUNT;
import static dev.toxserver.config.SettingType.COUNT_OR_ZERO;
import static dev.toxserver.config.SettingType.SECONDS;
import static dev.toxserver.config.SettingType.SECONDS_OR_ZERO;
import static dev.toxserver.config.SettingType.SECRET;
import static dev.toxserver.config.SettingType.SIZE;
import static dev.toxserver.config.SettingType.SWITCH;
import static dev.toxserver.config.SettingType.TEXT;
import static dev.toxserver.config.SettingType.WHEN;

import java.util.List;
import java.util.Optional;

/**
 * Every setting: the one place that says its name, flags, environment variable, type and default.
 *
 * <p>A setting's key in the settings file is its name, which is also its long flag.
 */
public enum Setting {
  PORT(
      "port",
      "-p",
      SettingType.PORT,
      null,
      "The server's port. serve needs one, and with 0 takes a free one and says which. A client"
          + " finds that of a server that serves the folder in which it stands, or one above."),
  HOST(
      "host",
      "-h",
      TEXT,
      "localhost",
      "Where the client connects. Of several (HOST or HOST:PORT, with commas between) it takes the first"
          + " that is there, and goes on at another when that one dies."),
  BIND_HOST("bind-host", "-b", TEXT, "127.0.0.1", "Where the server listens."),
  TIMEOUT(
      "timeout",
      "-t",
      SECONDS,
      null,
      "The longest silence from the server that the client accepts. Without it, the client waits."),
  RECONNECT_TIMEOUT("reconnect-timeout", SECONDS, "30", "How long a lost server is looked for."),
  LOG_LEVEL(
      "log-level",
      "-l",
      SettingType.LOG_LEVEL,
      "warning",
      "debug, info, warning, error, or a number (10, 20, 30, 40). debug also shows stack traces."),
  TOKEN(
      "token",
      SECRET,
      "The token itself, by variable only: a process list shows what stands on a command line."),
  TOKEN_FILE(
      "token-file",
      TEXT,
      "A file with the token that a server wants, of at least 16 characters. Without it, and without"
          + " TOX_SERVER_TOKEN, the client takes that of this user's server at the port, if it runs on"
          + " this machine, else the nearest .tox-server/token from its folder upwards."),
  RUNNER_TOKEN("runner-token", SECRET, "The runners' token itself, by variable only."),
  RUNNER_TOKEN_FILE(
      "runner-token-file",
      TEXT,
      "A file with the token that runners show, and clients do not have. serve makes it if it is not"
          + " there; without it no runner may join, unless by --socket or with --no-auth."),
  AUTH(
      "auth",
      SWITCH,
      "true",
      "Whether a server wants a token, on loopback too; it makes one if it is given none. With"
          + " --no-auth, whoever reaches it, as every user of its machine does, can run commands."),
  TLS_CERT("tls-cert", TEXT, "Our certificate (PEM), for TLS; with --tls-key."),
  TLS_KEY("tls-key", TEXT, "The certificate's private key (PEM, PKCS#8)."),
  TLS_CA(
      "tls-ca",
      TEXT,
      "Certificates (PEM) that we trust: in the client the server's, for TLS; in the server the"
          + " clients', each of which then needs one."),
  SOCKET(
      "socket",
      TEXT,
      "The path of a Unix domain socket, in place of host and port: open to this user alone."),
  ZMTP("zmtp", SettingType.PORT, "A loopback port for the original's clients (docs/original.md)."),
  HTTP("http", SettingType.PORT, "A port for a page that browsers show (docs/page.md)."),
  HTTP_HOST("http-host", TEXT, "Names by which browsers reach it, with commas between."),
  LANDMARK(
      "landmark",
      SWITCH,
      "true",
      "Whether serve leaves .tox-server/server.json in its folder, and a client there or below takes"
          + " from it the port, and where tox starts."),
  FOLDER(
      "folder",
      TEXT,
      "Where tox starts, relative to the folder that is served. Without it, where the client stands."),
  TTY(
      "tty",
      WHEN,
      "auto",
      "Whether a run gets a terminal over there, with this side's keyboard: auto (if stdin, stdout and"
          + " stderr are terminals here), always (--tty) or never (--no-tty)."),
  PROBLEMS(
      "problems",
      TEXT,
      "A file for each FILE:LINE: MESSAGE of a run, with your own paths, for an editor; -: stderr."),
  NOTIFY_AFTER(
      "notify-after",
      SECONDS_OR_ZERO,
      "10",
      "A longer run notifies you of its end, or that it waits for keys; 0: none does."),
  GIT_TREE("git-tree", SWITCH, "false", "Tell the server the git tree of your files (history)."),
  MAX_CONNECTIONS("max-connections", COUNT, "1024", "How many connections may be open at once."),
  MAX_UNAUTHENTICATED(
      "max-unauthenticated", COUNT, "64", "How many of them may be without the token."),
  AUTH_DEADLINE("auth-deadline", SECONDS, "5", "How long each of those may take to send it."),
  CONFIG("config", TEXT, "The settings file, in place of conf/."),
  TOX("tox", TEXT, "tox", "What a run starts: a name or a path; arguments may follow it."),
  LOCAL("local", SWITCH, "true", "Whether serve runs anything itself, or only its runners do."),
  RUNNER_GRACE("runner-grace", SECONDS, "30", "How long a run waits for a runner that is away."),
  INSECURE(
      "insecure",
      SWITCH,
      "false",
      "Join a server elsewhere, or of another user, without TLS, too."),
  JOBS("jobs", COUNT, "1", "How many runs are under way at once."),
  QUEUE_LIMIT("queue-limit", COUNT_OR_ZERO, "100", "How many runs may wait; one more is refused."),
  EXEC(
      "exec",
      SWITCH,
      "true",
      "Whether clients may run any program with exec. --no-exec is no lock: tox, too, runs what it"
          + " is told."),
  EXEC_JOBS("exec-jobs", COUNT, "4", "How many programs of exec are under way; more are refused."),
  TEE("tee", SWITCH, "true", "Also write the runs' output to the server's own stdout and stderr."),
  RESULTS(
      "results",
      SWITCH,
      "false",
      "Collect what came of each run's environments and tests, for 'results'; docs/results.md."),
  INTERRUPT_GRACE("interrupt-grace", SECONDS, "5", "From a cancel's SIGINT, to tox, to SIGTERM."),
  TERMINATE_GRACE("terminate-grace", SECONDS, "2", "From SIGTERM to SIGKILL, to all that is left."),
  ENV("env", SWITCH, "true", "Whether runs get the variables that their clients hand on."),
  ENV_ALLOW(
      "env-allow",
      TEXT,
      "*",
      "Which variables clients may hand on to runs: names with commas between, * at the end of one"
          + " for all that begin so."),
  WINDOW(
      "window",
      BYTES,
      "1048576",
      "How much output of a run may be under way to its readers before tox has to wait, in bytes."),
  REQUESTER_PATIENCE(
      "requester-patience",
      SECONDS,
      "600",
      "How long a run waits for the client that asked for it, while that takes no output (^Z, a"
          + " stuck pager); then it is disconnected, and its run cancelled."),
  ONLOOKER_PATIENCE(
      "onlooker-patience",
      SECONDS,
      "30",
      "How long a run waits for anybody else who reads it; then that connection is closed."),
  RECONNECT_GRACE(
      "reconnect-grace",
      SECONDS,
      "10",
      "How long a run waits for the client that asked for it when the connection has broken; then"
          + " it is cancelled, unless it is detached."),
  STATE_DIR(
      "state-dir",
      TEXT,
      "Where runs and their output are kept. Without it, a folder of this server's own in"
          + " $XDG_STATE_HOME/tox-server or ~/.local/state/tox-server."),
  HISTORY("history", COUNT_OR_ZERO, "50", "How many ended runs are kept, and as many of exec."),
  SPOOL_LIMIT(
      "spool-limit", BYTES, "67108864", "How much of each run's output is kept: the newest."),
  NATS("nats", TEXT, "NATS servers with commas between, which share runs (docs/nats.md)."),
  NATS_USER("nats-user", TEXT, "Who we are in NATS: a user of its."),
  NATS_PASSWORD("nats-password", SECRET, "That user's password itself, by variable only."),
  NATS_PASSWORD_FILE("nats-password-file", TEXT, "A file with that user's password."),
  NATS_CA("nats-ca", TEXT, "Certificates (PEM) of the authority of NATS' own, for TLS."),
  NATS_CERT("nats-cert", TEXT, "Our certificate (PEM) for NATS; with --nats-key."),
  NATS_KEY("nats-key", TEXT, "That certificate's private key (PEM, PKCS#8)."),
  NATS_REPLICAS("nats-replicas", COUNT, "1", "How many NATS servers keep it all: 1 or 3."),
  NATS_STORAGE("nats-storage", TEXT, "file", "Where these keep it: file or memory."),
  NATS_OUTPUT("nats-output", SIZE, "1073741824", "How much output they keep, of all runs."),
  NATS_AGE("nats-age", COUNT, "7", "How many days they keep output at most.");

  private final String key;
  private final String shortFlag;
  private final SettingType type;
  private final String defaultValue;
  private final String help;

  Setting(String key, String shortFlag, SettingType type, String defaultValue, String help) {
    this.key = key;
    this.shortFlag = shortFlag;
    this.type = type;
    this.defaultValue = defaultValue;
    this.help = help;
  }

  Setting(String key, SettingType type, String defaultValue, String help) {
    this(key, null, type, defaultValue, help);
  }

  Setting(String key, SettingType type, String help) {
    this(key, null, type, null, help);
  }

  /** The name in the settings file, and of the long flag. */
  public String key() {
    return key;
  }

  /** The names on the command line, short before long; none for what must not be shown there. */
  public List<String> flags() {
    if (isSecret()) {
      return List.of();
    }
    String longFlag = "--" + key;
    return shortFlag == null ? List.of(longFlag) : List.of(shortFlag, longFlag);
  }

  /** The environment variable. */
  public String variable() {
    return "TOX_SERVER_" + key.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
  }

  /** Whether its value must not be shown anywhere. */
  boolean isSecret() {
    return type == SECRET;
  }

  /** Whether it may stand in the settings file. */
  boolean belongsInFile() {
    return !isSecret() && this != CONFIG;
  }

  /** Whether it is on or off, {@code --key} or {@code --no-key}. */
  public boolean isSwitch() {
    return type == SWITCH || type == WHEN;
  }

  /** What the help calls its value. */
  public String label() {
    return type.label;
  }

  /** What the help says of it, without its default. */
  public String help() {
    return help;
  }

  /** The value that holds when nobody gives one. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  SettingType type() {
    return type;
  }
}
