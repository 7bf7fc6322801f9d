package dev.toxserver.cli;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Environment;
import dev.toxserver.config.HubConfig;
import dev.toxserver.config.LogLevel;
import dev.toxserver.config.Logging;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.runner.placed.JoinedRunner;
import dev.toxserver.runner.placed.Offer;
import dev.toxserver.runner.remote.HubVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code runner}: carries out runs for a server elsewhere, until it is told to leave. */
final class RunnerCommand implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger(RunnerCommand.class.getName());
  private static final String JOIN = "--join";
  private static final String NAME = "--name";
  private static final String LABEL = "--label";
  private static final String SHARED_WORKDIR = "--shared-workdir";

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.SOCKET,
          Setting.RUNNER_TOKEN_FILE,
          Setting.TLS_CERT,
          Setting.TLS_KEY,
          Setting.TLS_CA,
          Setting.NATS,
          Setting.NATS_USER,
          Setting.NATS_PASSWORD_FILE,
          Setting.NATS_CA,
          Setting.NATS_CERT,
          Setting.NATS_KEY,
          Setting.INSECURE,
          Setting.JOBS,
          Setting.TOX,
          Setting.TEE,
          Setting.RESULTS,
          Setting.ENV,
          Setting.ENV_ALLOW,
          Setting.INTERRUPT_GRACE,
          Setting.TERMINATE_GRACE,
          Setting.WINDOW,
          Setting.RUNNER_GRACE,
          Setting.LOG_LEVEL,
          Setting.CONFIG);

  private final Environment environment;
  private CommandSpec spec;

  private RunnerCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    RunnerCommand command = new RunnerCommand(environment);
    command.spec =
        ToxServer.command(
            "runner",
            command,
            "Carries out runs for servers elsewhere, here.",
            "It connects to the server and comes back to it by itself. It finds labels: python3.11 on"
                + " PATH is py311, pypy3.10 is pypy310, and there are the system and the processor. It"
                + " runs what the server sends: so beyond this machine it wants TLS (--tls-ca)."
                + " On ^C or SIGTERM it leaves when what it runs has ended; a second one cancels that.",
            "tox-server runner --join 127.0.0.1:9876 --runner-token-file FILE --jobs 2");
    command.spec.addOption(text(JOIN, "HOST:PORT", "The server; or --socket PATH, or --nats URL."));
    command.spec.addOption(text(NAME, "NAME", "What it is called. Default: this host's name."));
    command.spec.addOption(
        RunOptions.texts(LABEL, "LABEL")
            .description("What it has besides; several, or with commas between.")
            .build());
    command.spec.addOption(
        OptionSpec.builder(SHARED_WORKDIR)
            .type(boolean.class)
            .description(
                "Let tox work in .tox, as it would by itself. Without it, tox works in .tox/.runner-NAME:"
                    + " several runners may run it in the same folder at once.")
            .build());
    SettingOptions.add(command.spec, SETTINGS);
    Help.add(command.spec);
    return command.spec;
  }

  private static OptionSpec text(String flag, String label, String help) {
    return OptionSpec.builder(flag).type(String.class).paramLabel(label).description(help).build();
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    Logging.start("runner", settings.logLevel(), environment.confFile(Logging.FILE));
    settings.given().forEach(LOG::fine);
    long graceMillis = settings.millis(Setting.RUNNER_GRACE);
    Optional<NatsConfig> nats =
        given(JOIN).isPresent() ? Optional.empty() : NatsConfig.ofRunner(settings);
    Optional<ClientConfig> server =
        nats.isPresent() ? Optional.empty() : Optional.of(HubConfig.from(settings, given(JOIN)));
    RunnerName name = name();
    RunnerConfig config = config(settings, name);
    Offer offer =
        new Offer(
            name,
            Version.current(),
            labels(settings),
            settings.count(Setting.JOBS),
            config.windowBytes(),
            config.goneMillis(graceMillis));
    MemoryWatch.start();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    JoinedRunner joined =
        server
            .map(hub -> dialling(hub, offer, graceMillis))
            .orElseGet(() -> OwnRunner.pulling(nats.orElseThrow(), offer, graceMillis));
    int code =
        Processes.await(
            vertx
                .deployVerticle(new ToxRunnerVerticle(new RunnerAddresses(offer.name()), config))
                .compose(ready -> serve(vertx, joined))
                .otherwise(failure -> leave("can't run anything: " + failure.getMessage())));
    Processes.close(vertx);
    return code;
  }

  private static JoinedRunner dialling(ClientConfig server, Offer offer, long graceMillis) {
    return new HubVerticle(HubVerticle.linksTo(server), server.address(), offer, graceMillis);
  }

  private static Future<Integer> serve(Vertx vertx, JoinedRunner joined) {
    return vertx
        .deployVerticle(joined)
        .compose(
            deployed -> {
              LOG.log(LogLevel.NOTICE, "^C to exit");
              Signals.on("INT", joined::signalled, LOG::warning);
              Signals.on("TERM", joined::signalled, LOG::warning);
              return joined.left();
            })
        .map(refusal -> refusal.map(RunnerCommand::leave).orElse(ExitCode.OK.number()));
  }

  private RunnerConfig config(Settings settings, RunnerName name) {
    RunnerConfig config =
        RunnerConfig.from(settings, environment.variables())
            .sharing(settings.count(Setting.JOBS), Runtime.getRuntime().maxMemory() / 4);
    return spec.commandLine().getParseResult().hasMatchedOption(SHARED_WORKDIR)
        ? config
        : config.withWorkFolder(".tox/.runner-" + name);
  }

  private RunnerName name() {
    try {
      return new RunnerName(given(NAME).orElseGet(HubConfig::hostName));
    } catch (MalformedException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), NAME + ": " + e.getMessage());
    }
  }

  private Labels labels(Settings settings) {
    List<String> all = new ArrayList<>(HubConfig.foundLabels(environment));
    all.addAll(spec.commandLine().getParseResult().matchedOptionValue(LABEL, List.of()));
    return OnOption.of(spec.commandLine(), LABEL, all);
  }

  private Optional<String> given(String flag) {
    return Optional.ofNullable(spec.commandLine().getParseResult().matchedOptionValue(flag, null));
  }

  private static int leave(String problem) {
    LOG.log(Level.FINE, "leaves: {0}", problem);
    StandardStream.err().writeLine("tox-server: " + problem);
    return ExitCode.ERROR.number();
  }
}
