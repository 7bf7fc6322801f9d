package dev.toxserver.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RequestJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token may: each address, and each field of a run. */
class RightsTest {
  private static final Rights LINK = linked();
  private static final Rights READ = rights(Scope.READ);
  private static final Rights RUN = rights(Scope.RUN);
  private static final Rights ALL = rights(Scope.ALL);
  private static final Rights BOUND = rights(Scope.RUN, "-e py311 -- tests/**");

  @Test
  void ofEachAddressItIsDecidedWhoMaySendToIt() {
    List<String> link = List.of("tox.attach", "tox.results");
    List<String> read =
        List.of("tox.attach", "tox.ping", "tox.results", "tox.runners", "tox.status");
    List<String> run =
        List.of("tox.acknowledge", "tox.cancel", "tox.input", "tox.resize", "tox.run");
    List<String> all = List.of("tox.quit", "tox.share");
    List<String> owner = List.of("tox.token.create", "tox.token.revoke", "tox.tokens");
    for (String address : Addresses.REQUESTS) {
      assertThat(LINK.maySend(address)).as(address).isEqualTo(link.contains(address));
      assertThat(READ.maySend(address)).as(address).isEqualTo(read.contains(address));
      assertThat(RUN.maySend(address))
          .as(address)
          .isEqualTo(read.contains(address) || run.contains(address));
      assertThat(ALL.maySend(address)).as(address).isEqualTo(!owner.contains(address));
      assertThat(Rights.OWNER.maySend(address)).as(address).isTrue();
    }
    List<String> decided = Stream.of(read, run, all, owner).flatMap(List::stream).toList();
    assertThat(Addresses.REQUESTS).containsExactlyInAnyOrderElementsOf(decided);
  }

  /** Whoever adds a field decides here, too, whether more of a run, or another, is seen by it. */
  @ParameterizedTest
  @ValueSource(classes = {Request.Attach.class, Request.Results.class})
  void ofEachFieldByWhichARunIsReadItIsDecidedWhetherALinkMayFillIt(Class<?> request) {
    List<String> theRunsOwn = List.of("id");
    List<String> forAll = List.of("from", "follow");
    List<String> refused = List.of("role", "hold");
    assertThat(Arrays.stream(request.getRecordComponents()).map(RecordComponent::getName))
        .allMatch(
            name -> theRunsOwn.contains(name) || forAll.contains(name) || refused.contains(name));
    assertThat(LINK.mayRun()).isFalse();
    assertThat(LINK.holdsUp()).isFalse();
    assertThat(LINK.owns(Optional.of("t1"))).isFalse();
  }

  @Test
  void aLinkReadsItsOwnRunByItsNameOrByLastAndNoOther() {
    RunId a = new RunId("a");
    RunId b = new RunId("b");
    for (RunId name : List.of(a, RunId.LAST)) {
      assertThat(LINK.readable(name, RightsTest::known)).contains(a);
    }
    assertThat(LINK.readable(b, RightsTest::known)).isEmpty();
    assertThat(LINK.readable(a, id -> Optional.empty())).isEmpty();
    assertThat(LINK.readable(a, id -> Optional.of(run(id, 2)))).isEmpty();
    assertThat(READ.readable(b, id -> Optional.empty())).contains(b);
    assertThat(READ.readable(RunId.LAST, id -> Optional.empty())).contains(RunId.LAST);
  }

  /** Whoever adds a field decides here, too, whether it could make another run of one. */
  @Test
  void ofEachFieldOfARunItIsDecidedWhetherAPatternBoundsIt() {
    List<String> harmless = List.of("id", "timeout", "detached", "retryLost");
    List<String> judgedAsResolved = List.of("rerun", "failed");
    List<String> judged = List.of("invocation", "side", "tree", "rounds", "cell");
    assertThat(Arrays.stream(Request.Run.class.getRecordComponents()).map(RecordComponent::getName))
        .allMatch(
            name ->
                harmless.contains(name)
                    || judgedAsResolved.contains(name)
                    || judged.contains(name));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '!',
      value = {
        "program|[\"tox\",\"-e\",\"py311\",\"--\",\"tests/a\"]|program: is none of tox",
        "folder|\"tests/data\"|folder: is another than the one that is served",
        "terminal|{\"columns\":80,\"rows\":24,\"term\":\"xterm\"}|terminal: no pattern bounds what is typed",
        "stdin|true|stdin: no pattern bounds what is piped in",
        "tree|\"0123456789012345678901234567890123456789\"|tree: it can't speak for files",
        "rounds|7|rounds: a loop could outlive it",
        "matrix|{\"id\":\"m\",\"environment\":\"py311\"}|matrix: it can't add to one",
        "args|[\"-e\",\"py311\",\"--\",\"-p\"]|args: match none of its patterns"
      },
      delimiter = '|')
  void whatNoPatternBoundsIsRefusedByFieldAndItIsSaidWhatTheTokenMay(
      String field, String value, String message) {
    JsonObject body =
        run("tests/a").put(field, new JsonObject("{\"v\":" + value + "}").getValue("v"));
    if (field.equals("program")) {
      body.remove("args");
    }
    if (field.equals("rounds")) {
      body.put("detach", true);
    }
    assertThat(BOUND.objection(RequestJson.decodeRun(body)).orElseThrow())
        .startsWith(message)
        .endsWith(
            "; this token may run tox with '-e py311 -- tests/**', and end only its own runs");
    assertThat(ALL.objection(RequestJson.decodeRun(body))).isEmpty();
  }

  @Test
  void whatAPatternBoundsAndWhatChangesNoRunIsLeftAlone() {
    JsonObject body =
        run("tests/a").put("timeout", 5).put("detach", true).put("on", new JsonArray().add("gpu"));
    assertThat(BOUND.objection(RequestJson.decodeRun(body))).isEmpty();
  }

  @Test
  void ofTheVariablesThatComeAlongOnlyThoseOfColoursGetThrough() {
    JsonObject env = new JsonObject();
    for (String name :
        List.of(
            "TOXENV",
            "TOX_OVERRIDE",
            "PYTEST_ADDOPTS",
            "PYTEST_PLUGINS",
            "LD_PRELOAD",
            "PATH",
            "PYTHONPATH",
            "CI",
            "TERM",
            "NO_COLOR",
            "PY_COLORS")) {
      env.put(name, "1");
    }
    Request.Run request = RequestJson.decodeRun(run("tests/a").put("env", env));
    assertThat(BOUND.bounded(request).side().env().orElseThrow())
        .containsOnlyKeys("NO_COLOR", "PY_COLORS");
    assertThat(BOUND.leftOut(request))
        .contains("8 variables were not handed on: of this token, only those of colours are");
    assertThat(RUN.bounded(request)).isSameAs(request);
    assertThat(RUN.leftOut(request)).isEmpty();
  }

  @Test
  void aRunIsATokensOwnIfItWasAskedForWithTheSame() {
    assertThat(RUN.owns(Optional.of("t1"))).isTrue();
    assertThat(RUN.owns(Optional.of("t2"))).isFalse();
    assertThat(RUN.owns(Optional.empty())).isFalse();
    assertThat(READ.owns(Optional.of("t1"))).isFalse();
    assertThat(ALL.owns(Optional.empty())).isTrue();
  }

  private static JsonObject run(String path) {
    return new JsonObject()
        .put("id", "r1")
        .put("args", new JsonArray(List.of("-e", "py311", "--", path)));
  }

  private static Optional<SharedRun> known(RunId id) {
    return Optional.of(run(id, 1));
  }

  private static SharedRun run(RunId id, long accepted) {
    return new SharedRun(id, accepted, false, Optional.empty());
  }

  private static Rights linked() {
    return new Rights(
        Optional.of("t1"),
        Scope.LINK,
        List.of(),
        Optional.of(Link.to(run(new RunId("a"), 1), Optional.empty())),
        OptionalLong.empty());
  }

  private static Rights rights(Scope scope, String... patterns) {
    return new Rights(
        Optional.of("t1"),
        scope,
        Arrays.stream(patterns).map(ArgumentPattern::parse).toList(),
        Optional.empty(),
        OptionalLong.empty());
  }
}
