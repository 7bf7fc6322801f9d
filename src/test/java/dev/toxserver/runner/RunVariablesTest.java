package dev.toxserver.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.protocol.UserSide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunVariablesTest {
  private static final Map<String, String> SERVERS =
      Map.of("PATH", "/bin", "CI", "server", "TERM", "linux");

  @Test
  void aRunsSpanTakesThePlaceOfThoseOfItsClientAndOfTheServer() {
    TraceContext span = TraceContext.root();
    RunVariables given =
        of(
            Map.of("TRACEPARENT", "the server's"),
            Optional.of(Map.of("TRACEPARENT", "the client's", "TRACESTATE", "a=1", "CI", "1")));

    assertThat(given.within(Optional.of(span)).all())
        .containsEntry("TRACEPARENT", span.parent())
        .containsEntry("CI", "1")
        .doesNotContainKey("TRACESTATE");
    assertThat(given.within(Optional.empty()).all())
        .containsEntry("TRACEPARENT", "the client's")
        .containsEntry("TRACESTATE", "a=1");
  }

  @Test
  void aClientThatSaysNothingOfItsVariablesGetsColours() {
    assertThat(of(SERVERS, Optional.empty()).all())
        .isEqualTo(Map.of("PATH", "/bin", "CI", "server", "TERM", "linux", "PY_COLORS", "1"));
    assertThat(of(Map.of("PY_COLORS", "0"), Optional.empty()).all())
        .isEqualTo(Map.of("PY_COLORS", "0"));
  }

  @Test
  void whatTheClientGivesIsPutOverWhatTheServerHas() {
    RunVariables variables = of(SERVERS, Optional.of(Map.of("CI", "client", "PATH", "/opt")));

    assertThat(variables.all()).isEqualTo(Map.of("PATH", "/opt", "CI", "client", "TERM", "linux"));
    assertThat(variables.notice()).isEmpty();
  }

  @Test
  void aClientThatTellsItsVariablesDecidesOnColours() {
    Map<String, String> servers = new HashMap<>(SERVERS);
    servers.putAll(Map.of("NO_COLOR", "1", "FORCE_COLOR", "1", "PY_COLORS", "1", "CLICOLOR", "1"));
    servers.put("CLICOLOR_FORCE", "1");

    assertThat(of(servers, Optional.of(Map.of())).all()).isEqualTo(SERVERS);
    assertThat(of(servers, Optional.of(Map.of("PY_COLORS", "1"))).all())
        .containsEntry("PY_COLORS", "1")
        .doesNotContainKeys("NO_COLOR", "FORCE_COLOR");
  }

  @Test
  void whatTheServerDoesNotTakeIsNamedAndNotShown() {
    AllowedVariables some = new AllowedVariables(List.of("CI"));
    Map<String, String> given =
        Map.of("CI", "1", "TOXENV", "secret-1", "B", "secret-2", "TERM", "xterm", "NO_COLOR", "1");

    RunVariables variables = RunVariables.of(config(SERVERS, some), side(Optional.of(given)));

    assertThat(variables.all()).isEqualTo(Map.of("PATH", "/bin", "CI", "1", "TERM", "linux"));
    assertThat(variables.notice())
        .contains("the server takes no B, TOXENV from its clients (serve --env-allow)");
  }

  @Test
  void anySenderOfNamesGetsAShortLineThatATerminalCanShow() {
    Map<String, String> given = new HashMap<>(Map.of("a\033]0;x\007", "1", "9".repeat(100), "2"));
    for (int i = 0; i < 1_000; i++) {
      given.put("z." + i, "");
    }

    String notice = of(SERVERS, Optional.of(given)).notice().orElseThrow();

    assertThat(notice)
        .hasSizeLessThan(300)
        .contains("9".repeat(60) + "…, a??0?x?, z.0, ", " and 992 more from")
        .matches("[ -~…]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "日本 語", "a\\nb é", "é\n\n", "%s$(id)`é\"'", " é "})
  void whatTheLocaleDoesNotKnowArrivesAsItIsAndIsInNoCommandLine(String value) throws Exception {
    Map<String, String> given = Map.of("ODD", value, "PLAIN", "\\n");
    RunVariables variables =
        RunVariables.of(
            config(System.getenv(), AllowedVariables.ALL),
            side(Optional.of(given)),
            "ANSI_X3.4-1968");
    List<String> command = new ArrayList<>(variables.restored());
    command.addAll(List.of("sh", "-c", "printf '<%s>' \"$ODD\" \"$PLAIN\""));
    ProcessBuilder builder = new ProcessBuilder(command);
    variables.setIn(builder.environment());

    assertThat(builder.environment().get("ODD")).matches("\\p{ASCII}+");
    assertThat(command).noneMatch(word -> word.contains(value) || word.contains("303"));
    assertThat(new String(builder.start().getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("<" + value + "><\\n>");
  }

  private static RunVariables of(
      Map<String, String> servers, Optional<Map<String, String>> clients) {
    return RunVariables.of(config(servers, AllowedVariables.ALL), side(clients));
  }

  private static RunnerConfig config(Map<String, String> servers, AllowedVariables allowed) {
    return new RunnerConfig("tox", servers, false, 500, 500, 65_536, allowed, false);
  }

  private static UserSide side(Optional<Map<String, String>> env) {
    return new UserSide(Optional.empty(), false, env);
  }
}
