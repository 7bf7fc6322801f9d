package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.config.Environment;
import dev.toxserver.config.HostPort;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TokenJson;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code share}: a link by which others see one run, and nothing else. */
final class ShareCommand implements Callable<Integer> {
  private static final String FOR = "--for";
  private static final String TOKEN = "--token";

  private final Environment environment;
  private CommandSpec spec;

  private ShareCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    ShareCommand command = new ShareCommand(environment);
    CommandSpec spec =
        ToxServer.command(
            "share",
            command,
            "Prints a link by which others see one run in a browser, and nothing else.",
            "They see it from its first byte and can't change anything. The link ends 10 minutes"
                + " after the run; of a run that has ended, after an hour. 'token list' shows it,"
                + " 'token revoke' ends it. It takes a server with a page ('serve --http PORT').",
            "tox-server -h tests.example share --for 30m");
    RunIdArgument.add(spec, "The run to share. Default: the last run.");
    spec.addOption(
        TokenText.option(FOR, "The longest that it lasts, such as 30m, 8h or 7d.").build());
    spec.addOption(
        OptionSpec.builder(TOKEN)
            .type(boolean.class)
            .description(
                "Print the link's token alone, for attach, logs and results by --token-file or"
                    + " TOX_SERVER_TOKEN. It takes no page.")
            .build());
    SettingOptions.add(spec, SettingOptions.CLIENT);
    Help.add(spec);
    command.spec = spec;
    return spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    ClientSession session = ClientSession.of(spec.name(), settings, environment);
    return spec.commandLine().getParseResult().matchedOptionValue(TOKEN, false)
        ? make(session, Optional.empty())
        : printLink(session, host(session.servers(), settings));
  }

  private static String host(List<HostPort> servers, Settings settings) {
    if (servers.size() > 1) {
      throw new InvalidSettingException(
          "a link is to the page of one server: name it, tox-server -h HOST share");
    }
    return servers.isEmpty() ? settings.text(Setting.HOST) : servers.get(0).host();
  }

  /** There is no token before it is known that there is a page to show it to. */
  private int printLink(ClientSession session, String host) {
    Outcome outcome = session.carryOut(new Request.Ping());
    if (!(outcome instanceof Outcome.Answered pong)) {
      return session.leaveWithout(outcome);
    }
    try {
      Optional<Reply.Page> page = ReplyJson.decodePage(pong.body());
      return page.isPresent()
          ? make(session, Optional.of(new PageLink(page.get(), host)))
          : session.leaveWithout(
              new Outcome.Failed(
                  "This server has no page to link to: start it with 'serve --http PORT'. 'share"
                      + " --token' makes a token for attach."));
    } catch (MalformedException e) {
      return session.leaveWithout(Question.broken(e));
    }
  }

  /** Without a link it prints the token alone. */
  private int make(ClientSession session, Optional<PageLink> link) {
    return Question.ask(
        session,
        request(),
        body -> {
          TokenReply.Created created = TokenJson.decodeCreated(body);
          session.terminal().say(TokenText.shared(created.status()));
          link.flatMap(PageLink::hint).ifPresent(session.terminal()::say);
          session.terminal().print(link.map(each -> each.to(created)).orElse(created.secret()));
          return ExitCode.OK;
        });
  }

  private TokenRequest.Share request() {
    return new TokenRequest.Share(
        RunIdArgument.of(spec).orElse(RunId.LAST), TokenText.seconds(spec, FOR));
  }
}
