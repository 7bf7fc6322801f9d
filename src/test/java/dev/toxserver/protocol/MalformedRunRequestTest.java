package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal of a run names the field that is wrong. */
class MalformedRunRequestTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id      | {'args': []}",
        "id      | {'id': null, 'args': []}",
        "id      | {'id': 5, 'args': []}",
        "id      | {'id': 'a b', 'args': []}",
        "args    | {'id': 'a'}",
        "args    | {'id': 'a', 'args': null}",
        "args    | {'id': 'a', 'args': '-e py'}",
        "args    | {'id': 'a', 'args': {}}",
        "args    | {'id': 'a', 'args': ['x', 5]}",
        "args    | {'id': 'a', 'args': [null]}",
        "args    | {'id': 'a', 'args': [['x']]}",
        "args    | {'id': 'a', 'args': ['a\\u0000b']}",
        "args    | {'id': 'a', 'args': ['\\ud83d']}",
        "args    | {'id': 'a', 'args': ['\\ude00\\ud83d']}",
        "id      | {'id': 'last', 'args': []}",
        "detach  | {'id': 'a', 'args': [], 'detach': 'yes'}",
        "rerun   | {'id': 'a', 'args': [], 'rerun': 'b'}",
        "rerun   | {'id': 'a', 'rerun': 5}",
        "id      | {'id': 'a', 'rerun': 'b c'}",
        "timeout | {'id': 'a', 'args': [], 'timeout': '5'}",
        "timeout | {'id': 'a', 'args': [], 'timeout': true}",
        "timeout | {'id': 'a', 'args': [], 'timeout': 0}",
        "timeout | {'id': 'a', 'args': [], 'timeout': -1}",
        "timeout | {'id': 'a', 'args': [], 'timeout': 0.009}",
        "timeout | {'id': 'a', 'args': [], 'timeout': 86401}",
        "timeout | {'id': 'a', 'args': [], 'timeout': 1e999}",
        "timeout | {'id': 'a', 'args': [], 'timeout': 18446744073709551617}",
        "folder  | {'id': 'a', 'args': [], 'folder': 5}",
        "folder  | {'id': 'a', 'args': [], 'folder': ''}",
        "folder  | {'id': 'a', 'args': [], 'folder': '/tmp'}",
        "folder  | {'id': 'a', 'args': [], 'folder': '..'}",
        "folder  | {'id': 'a', 'args': [], 'folder': 'a/../..'}",
        "folder  | {'id': 'a', 'args': [], 'folder': 'a\\u0000b'}",
        "folder  | {'id': 'a', 'args': [], 'folder': '\\ud800'}",
        "rerun   | {'id': 'a', 'rerun': 'last', 'folder': 'b'}",
        "rounds  | {'id': 'a', 'args': [], 'detach': true, 'rounds': 0}",
        "rounds  | {'id': 'a', 'args': [], 'detach': true, 'rounds': 2147483648}",
        "rounds  | {'id': 'a', 'args': [], 'detach': true, 'rounds': 1.5}",
        "rounds  | {'id': 'a', 'args': [], 'detach': true, 'rounds': '2'}",
        "rounds  | {'id': 'a', 'args': [], 'rounds': 2}",
        "rounds  | {'id': 'a', 'program': ['b'], 'detach': true, 'rounds': 2}",
        "rerun   | {'id': 'a', 'rerun': 'last', 'program': ['b']}",
        "program | {'id': 'a', 'args': [], 'program': ['b']}",
        "program | {'id': 'a', 'program': 'bash'}",
        "program | {'id': 'a', 'program': []}",
        "program | {'id': 'a', 'program': ['']}",
        "program | {'id': 'a', 'program': ['a\\u0000b']}",
        "stdin   | {'id': 'a', 'args': [], 'stdin': 'yes'}",
        "terminal | {'id': 'a', 'args': [], 'terminal': true}",
        "columns | {'id': 'a', 'args': [], 'terminal': {'rows': 24, 'term': 'xterm'}}",
        "columns | {'id': 'a', 'args': [], 'terminal': {'columns': 0, 'rows': 24, 'term': 'xterm'}}",
        "rows    | {'id': 'a', 'args': [], 'terminal': {'columns': 80, 'rows': 10000, 'term': 'xterm'}}",
        "rows    | {'id': 'a', 'args': [], 'terminal': {'columns': 80, 'rows': 4294967320, 'term': 'xterm'}}",
        "term    | {'id': 'a', 'args': [], 'terminal': {'columns': 80, 'rows': 24}}",
        "term    | {'id': 'a', 'args': [], 'terminal': {'columns': 80, 'rows': 24, 'term': ''}}",
        "term    | {'id': 'a', 'args': [], 'terminal': {'columns': 80, 'rows': 24, 'term': 'x;y'}}",
        "matrix  | {'id': 'a', 'args': [], 'matrix': 'm'}",
        "matrix: id | {'id': 'a', 'args': [], 'matrix': {'environment': 'py'}}",
        "matrix: id | {'id': 'a', 'args': [], 'matrix': {'id': 'm m', 'environment': 'py'}}",
        "matrix: id | {'id': 'a', 'args': [], 'matrix': {'id': 'last', 'environment': 'py'}}",
        "matrix  | {'id': 'a', 'args': [], 'matrix': {'id': 'a', 'environment': 'py'}}",
        "matrix: environment | {'id': 'a', 'args': [], 'matrix': {'id': 'm'}}",
        "matrix: environment | {'id': 'a', 'args': [], 'matrix': {'id': 'm', 'environment': 5}}",
        "matrix: environment | {'id': 'a', 'args': [], 'matrix': {'id': 'm', 'environment': ''}}",
        "rounds  | {'id': 'a', 'args': [], 'detach': true, 'rounds': 2, 'matrix': {'id': 'm', 'environment': 'py'}}",
        "env     | {'id': 'a', 'args': [], 'env': ['A=b']}",
        "env     | {'id': 'a', 'args': [], 'env': {'': 'b'}}",
        "env     | {'id': 'a', 'args': [], 'env': {'A=': 'b'}}",
        "env     | {'id': 'a', 'args': [], 'env': {'A': 5}}",
        "env     | {'id': 'a', 'args': [], 'env': {'A': null}}",
        "env     | {'id': 'a', 'args': [], 'env': {'A': 'b\\u0000'}}"
      })
  void aRunIsRefusedByTheFieldThatIsWrong(String field, String body) {
    assertThatThrownBy(() -> RequestJson.decodeRun(json(body)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 86_400})
  void theShortestAndTheLongestTimeoutAreTaken(double seconds) {
    assertThat(RequestJson.decodeRun(run(List.of()).put("timeout", seconds)).timeout())
        .contains(seconds);
  }

  @Test
  void tooManyVariablesOrBytesOfThemAreRefused() {
    JsonObject many = new JsonObject();
    for (int i = 0; i < UserSide.MAX_VARIABLES; i++) {
      many.put("V" + i, "");
    }
    String most = "x".repeat(UserSide.MAX_ENV_BYTES - 1);

    assertThat(RequestJson.decodeRun(run(List.of()).put("env", many)).side().env()).isPresent();
    many.put("ONE_MORE", "");
    assertThatThrownBy(() -> RequestJson.decodeRun(run(List.of()).put("env", many)))
        .hasMessageStartingWith("env: ");
    JsonObject long1 = new JsonObject().put("A", most);
    assertThat(RequestJson.decodeRun(run(List.of()).put("env", long1)).side().env()).isPresent();
    JsonObject tooLong = new JsonObject().put("AB", most);
    assertThatThrownBy(() -> RequestJson.decodeRun(run(List.of()).put("env", tooLong)))
        .hasMessageStartingWith("env: ")
        .hasMessageNotContaining("xx");
  }

  @Test
  void theMostArgumentsFitAndOneMoreIsRefused() {
    List<String> most = Collections.nCopies(Invocation.MAX_ARGS, "x");

    assertThat(RequestJson.decodeRun(run(most)).args()).hasSize(Invocation.MAX_ARGS);
    assertThatThrownBy(
            () -> RequestJson.decodeRun(run(Collections.nCopies(Invocation.MAX_ARGS + 1, ""))))
        .hasMessageStartingWith("args: ");
  }

  @Test
  void theMostBytesFitAndOneMoreIsRefused() {
    // Two bytes each in UTF-8: bytes count, not characters.
    String most = "é".repeat(Invocation.MAX_ARGS_BYTES / 2);

    assertThat(RequestJson.decodeRun(run(List.of(most))).args()).containsExactly(most);
    assertThatThrownBy(() -> RequestJson.decodeRun(run(List.of(most, "x"))))
        .hasMessageStartingWith("args: ");
  }

  private static JsonObject run(List<String> args) {
    return new JsonObject().put("id", "a").put("args", new JsonArray(args));
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }
}
