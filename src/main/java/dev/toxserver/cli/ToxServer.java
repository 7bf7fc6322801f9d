package dev.toxserver.cli;

import dev.toxserver.client.Engine;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code tox-server} and its subcommands. */
public final class ToxServer {
  private static final int HELP_WIDTH = 100;

  /** The commands that ask no server. */
  static final Set<String> LOCAL = Set.of("serve", "runner", "completion", "help");

  /** All others. */
  static final Set<String> REMOTE =
      Set.of(
          "run", "exec", "watch", "rerun", "attach", "logs", "status", "results", "history",
          "matrix", "runners", "share", "token", "mcp", "ping", "cancel", "quit");

  /** Each command's name, and what describes it. */
  private final Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();

  /** A command line that finds variables and conf files in the given environment. */
  public ToxServer(Environment environment) {
    commands.put("serve", () -> ServeCommand.spec(environment));
    commands.put("runner", () -> RunnerCommand.spec(environment));
    commands.put("run", () -> RunCommand.run(environment));
    commands.put("exec", () -> RunCommand.exec(environment));
    commands.put(WatchCommand.NAME, () -> WatchCommand.spec(environment));
    commands.put(MatrixCommand.NAME, () -> MatrixCommand.spec(environment));
    commands.put("rerun", () -> RunCommand.rerun(environment));
    commands.put("attach", () -> AttachCommand.attach(environment));
    commands.put("logs", () -> AttachCommand.logs(environment));
    commands.put("status", () -> StatusCommand.spec(environment));
    commands.put("results", () -> ResultsCommand.spec(environment));
    commands.put("history", () -> HistoryCommand.spec(environment));
    commands.put("runners", () -> RunnersCommand.spec(environment));
    commands.put("share", () -> ShareCommand.spec(environment));
    commands.put("token", () -> TokenCommand.spec(environment));
    commands.put(McpCommand.NAME, () -> McpCommand.spec(environment));
    commands.put("ping", () -> RequestCommand.ping(environment));
    commands.put("cancel", () -> RequestCommand.cancel(environment));
    commands.put("quit", () -> RequestCommand.quit(environment));
    commands.put("completion", CompletionCommand::spec);
    commands.put("help", () -> HelpCommand.spec(commands.keySet()));
  }

  /**
   * Whether the arguments are a client's, as far as can be seen without parsing them. If so, what
   * every client needs is begun in the background: call it first of all.
   */
  public static boolean startsClient(String... args) {
    for (String arg : args) {
      if (LOCAL.contains(arg)) {
        return false;
      }
      if (REMOTE.contains(arg)) {
        Engine.begin();
        return true;
      }
    }
    return false;
  }

  /** Parses the arguments, runs the command and returns the exit code for the process. */
  public int execute(String... args) {
    return commandLine(args).execute(args);
  }

  /** The command line, as far as the arguments need it; all of it if there are none. */
  CommandLine commandLine(String... args) {
    Wanted wanted = Wanted.by(List.of(args), commands.keySet());
    // No option is a date or of a database: picocli would load Java's classes for all of these.
    System.setProperty("picocli.converters.excludes", "java\\.(time|sql).*");
    CommandSpec spec =
        CommandSpec.create()
            .name("tox-server")
            .versionProvider(() -> new String[] {"tox-server, version " + Version.withCommit()});
    spec.usageMessage()
        .width(HELP_WIDTH)
        .sortOptions(false)
        .customSynopsis("tox-server [OPTIONS] COMMAND")
        .header(
            "Runs tox where the tests must run, in a container for example, as if it ran here.", "")
        .footer(
            "",
            "'tox-server help COMMAND' tells more of a command. Each option can also be set by the",
            "variable that stands behind it, or in the settings file conf/tox-server.properties.",
            "",
            "Example, in the container and on the host:",
            "  tox-server -p 9876 -b 0.0.0.0 serve",
            "  tox-server -p 9876 run -e py311 -- -k login");
    Help.add(spec);
    spec.addOption(
        OptionSpec.builder("--version").versionHelp(true).description("Show the version.").build());
    RunOptions.add(spec, wanted);
    SettingOptions.add(spec, SettingOptions.GLOBAL, wanted);
    for (String name : commands.keySet()) {
      if (wanted.command(name)) {
        spec.addSubcommand(name, commands.get(name).get());
      }
    }
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setExpandAtFiles(false);
    // The last wins, without a word: people put their port into an alias, and sometimes want
    // another.
    commandLine.setOverwrittenOptionsAllowed(true);
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    commandLine.setParameterExceptionHandler(this::wrongUsage);
    commandLine.setExecutionExceptionHandler(ToxServer::failed);
    commandLine.setExecutionStrategy(ToxServer::runCommand);
    return commandLine;
  }

  /** A command's specification; made by calls, since reading annotations costs start-up time. */
  static CommandSpec command(
      String name, Callable<Integer> action, String summary, String details, String example) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
    spec.usageMessage()
        .width(HELP_WIDTH)
        .sortOptions(false)
        .header(summary)
        .description(details, "")
        .footer("", "Example: " + example);
    return spec;
  }

  private static int runCommand(CommandLine.ParseResult parsed) {
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      parsed.commandSpec().commandLine().usage(parsed.commandSpec().commandLine().getErr());
      return ExitCode.USAGE.number();
    }
    RunOptions.check(parsed);
    return new CommandLine.RunLast().execute(parsed);
  }

  private int wrongUsage(CommandLine.ParameterException e, String[] args) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    PrintWriter err = e.getCommandLine().getErr();
    err.println("tox-server: " + problem(e) + "." + didYouMean(e) + " See '" + name + " --help'.");
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static String problem(CommandLine.ParameterException e) {
    boolean isWord =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption();
    return isWord
        ? "there is no command or argument '"
            + ((CommandLine.UnmatchedArgumentException) e).getUnmatched().get(0)
            + "' here"
        : firstLine(e);
  }

  /** Commands where one is wanted, options where an option was typed. */
  private String didYouMean(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    boolean isRoot = spec.parent() == null;
    Set<String> words =
        unmatched.isUnknownOption()
            ? (isRoot ? commandLine().getCommandSpec() : spec).optionsMap().keySet()
            : isRoot ? commands.keySet() : spec.subcommands().keySet();
    return Suggestion.nearest(unmatched.getUnmatched().get(0), words)
        .map(word -> " Did you mean '" + word + "'?")
        .orElse("");
  }

  private static int failed(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    boolean usage = failure instanceof InvalidSettingException;
    err.println("tox-server: " + (usage ? firstLine(failure) : "unexpected error: " + failure));
    // Not a constant: a client's logging is set up while its Vert.x is made, and not before.
    if (Logger.getLogger(ToxServer.class.getName()).isLoggable(Level.FINE)) {
      failure.printStackTrace(err);
    }
    err.flush();
    return (usage ? ExitCode.USAGE : ExitCode.ERROR).number();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
