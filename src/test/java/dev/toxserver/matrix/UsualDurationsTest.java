package dev.toxserver.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsualDurationsTest {

  @Test
  void ofEachEnvironmentItIsThatOfItsNewestRunOfWhichItIsKnown() {
    assertThat(
            UsualDurations.of(
                List.of(
                    run("'matrix': {'id': 'm', 'environment': 'py311'}"),
                    run("'matrix': {'id': 'm', 'environment': 'py311'}, " + usual(2)),
                    run("'matrix': {'id': 'm', 'environment': 'py311'}, " + usual(9)),
                    run("'args': ['-e', 'py312'], " + usual(3)))))
        .isEqualTo(Map.of("py311", 2_000L, "py312", 3_000L));
  }

  @Test
  void whatIsOfNoEnvironmentAloneTellsNothing() {
    assertThat(
            UsualDurations.of(
                List.of(
                    run(usual(1)),
                    run("'args': ['-e', 'py', '--', '-k', 'one'], " + usual(1)),
                    run("'args': ['-e', 'py', '-e', 'lint'], " + usual(1)),
                    run("'args': ['-e'], " + usual(1)),
                    run("'args': ['run', '-e', 'py'], " + usual(1)),
                    run("'args': ['-e', 'ls'], 'exec': true, " + usual(1)),
                    run("'args': ['-e', 'py']"))))
        .isEmpty();
  }

  private static String usual(int seconds) {
    return "'usual': {'duration': " + seconds + ", 'runs': 1}";
  }

  private static RunStatus run(String fields) {
    JsonObject row =
        new JsonObject(
                "{'id': 'a', 'args': [], 'state': 'passed', 'accepted': 1, 'age': 1}"
                    .replace('\'', '"'))
            .mergeIn(new JsonObject(("{" + fields + "}").replace('\'', '"')));
    return ReplyJson.decodeStatus(new JsonObject().put("runs", new JsonArray().add(row)))
        .runs()
        .get(0);
  }
}
