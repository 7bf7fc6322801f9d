package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenJson;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** {@code token create}, {@code list} and {@code revoke}: tokens that may less than our own. */
final class TokenCommand implements Callable<Integer> {
  private static final String MAY = "--may";
  private static final String ARGS = "--args";
  private static final String FOR = "--for";

  private final Environment environment;
  private final Function<CommandSpec, TokenRequest> request;
  private final BiFunction<JsonObject, Terminal, String> answer;
  private CommandSpec spec;

  private TokenCommand(
      Environment environment,
      Function<CommandSpec, TokenRequest> request,
      BiFunction<JsonObject, Terminal, String> answer) {
    this.environment = environment;
    this.request = request;
    this.answer = answer;
  }

  static CommandSpec spec(Environment environment) {
    CommandSpec[] token = new CommandSpec[1];
    token[0] =
        ToxServer.command(
            "token",
            () -> wordIsMissing(token[0]),
            "Makes, lists and revokes tokens that may less than the server's own.",
            "For an agent, a CI job, an onlooker. It takes the server's own token to do so. A client"
                + " shows one as any other, by --token-file or TOX_SERVER_TOKEN.",
            "tox-server token create --may run --args '-e py311 -- tests/** ...' --for 8h");
    token[0].usageMessage().customSynopsis("tox-server [OPTIONS] token create|list|revoke");
    Help.add(token[0]);
    token[0].addSubcommand("create", create(environment));
    token[0].addSubcommand("list", list(environment));
    return token[0].addSubcommand("revoke", revoke(environment));
  }

  private static int wordIsMissing(CommandSpec token) {
    token.commandLine().usage(token.commandLine().getErr());
    return ExitCode.USAGE.number();
  }

  private static CommandSpec create(Environment environment) {
    CommandSpec spec =
        new TokenCommand(environment, TokenCommand::create, TokenCommand::created)
            .spec(
                "create",
                "Makes a token, and prints it: the server keeps no more than a hash of it.",
                "What stands on standard output is the token alone, so that it can go into a file."
                    + " docs/tokens.md tells what each may, and how to write a pattern.",
                "tox-server token create --may read --for 8h > onlooker.token");
    spec.addOption(
        OptionSpec.builder(MAY)
            .type(Scope.class)
            .converters(TokenCommand::scope)
            .paramLabel("read|run|all")
            .completionCandidates(List.of("read", "run", "all"))
            .required(true)
            .description(
                "read: see runs. run: also run tox, and end and type into its own runs. all: all but"
                    + " make tokens.")
            .build());
    spec.addOption(
        RunOptions.texts(ARGS, "PATTERN")
            .description(
                "With run: tox's arguments have to match this, or another that is given: a word for"
                    + " each, * for a name, ** for a path, ... at the end for more of the last.")
            .build());
    return spec.addOption(
        TokenText.option(
                FOR, "How long it lasts, such as 30m, 8h or 7d. Default: until it is revoked.")
            .build());
  }

  private static CommandSpec list(Environment environment) {
    TokenCommand command =
        new TokenCommand(environment, given -> new TokenRequest.All(), TokenCommand::table);
    CommandSpec spec =
        command.spec(
            "list",
            "Lists the tokens that 'token create' and 'share' have made, without their secrets.",
            "Those that have expired are there no more.",
            "tox-server token list");
    JsonLine.add(spec);
    return spec;
  }

  private static CommandSpec revoke(Environment environment) {
    return new TokenCommand(
            environment, TokenCommand::revoke, (body, terminal) -> JsonLine.of(body))
        .spec(
            "revoke",
            "Revokes a token: who is connected with it is disconnected at once.",
            "A run that it has asked for ends, as when its client is lost; a detached one goes on,"
                + " until 'cancel'.",
            "tox-server token revoke k3f9a2xq7b")
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel("ID")
                .description("As 'token list' shows it.")
                .build());
  }

  private CommandSpec spec(String name, String summary, String details, String example) {
    spec = ToxServer.command(name, this, summary, details, example);
    SettingOptions.add(spec, SettingOptions.CLIENT);
    Help.add(spec);
    return spec;
  }

  @Override
  public Integer call() {
    TokenRequest asked = request.apply(spec);
    ClientSession session = ClientSession.of(spec, environment);
    return Question.ask(
        session,
        asked,
        body -> {
          boolean json = JsonLine.isGiven(spec);
          session
              .terminal()
              .print(json ? JsonLine.of(body) : answer.apply(body, session.terminal()));
          return ExitCode.OK;
        });
  }

  private static TokenRequest create(CommandSpec given) {
    CommandLine.ParseResult parsed = given.commandLine().getParseResult();
    List<String> args = parsed.matchedOptionValue(ARGS, List.of());
    Scope scope = parsed.matchedOptionValue(MAY, Scope.READ);
    if (!args.isEmpty() && scope != Scope.RUN) {
      throw new CommandLine.ParameterException(
          given.commandLine(), ARGS + " is for " + MAY + " run");
    }
    return new TokenRequest.Create(scope, args, TokenText.seconds(given, FOR));
  }

  private static TokenRequest revoke(CommandSpec given) {
    return new TokenRequest.Revoke(
        given.commandLine().getParseResult().matchedPositionalValue(0, ""));
  }

  private static String created(JsonObject body, Terminal terminal) {
    TokenReply.Created created = TokenJson.decodeCreated(body);
    terminal.say(TokenText.made(created.status()));
    return created.secret();
  }

  private static String table(JsonObject body, Terminal terminal) {
    return TokenText.table(TokenJson.decodeAll(body).tokens());
  }

  private static Scope scope(String name) {
    try {
      return Scope.fromWire(name);
    } catch (MalformedException e) {
      throw new TypeConversionException("'" + name + "' is none of read, run and all");
    }
  }
}
