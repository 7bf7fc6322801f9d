package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** examples/vscode: its task is run as the editor would, and its matcher finds the failed test. */
@Timeout(90)
class EditorExampleIT {
  @TempDir Path temporary;

  @Test
  void theTaskRunsToxAndItsMatcherFindsTheUsersFile() throws Exception {
    Path folder = temporary.toRealPath();
    for (String name : new String[] {"tox.ini", "test_hello.py"}) {
      Files.copy(Path.of("examples/hello-tox", name), folder.resolve(name));
    }
    JsonObject task = task();
    String[] args = task.getJsonArray("args").stream().toArray(String[]::new);

    try (Server server = Server.start(folder);
        JarProcess run = server.client(args)) {
      assertThat(task.getString("command")).isEqualTo("tox-server");
      assertThat(run.exitCode()).as(run.err().text()).isNotZero();
      assertThat(problems(task.getJsonObject("problemMatcher"), run.err().text()))
          .singleElement()
          .asString()
          .startsWith(folder + "/test_hello.py|")
          .endsWith("|AssertionError: 54 != 42 : this test fails on purpose");
    }
  }

  private static JsonObject task() throws IOException {
    String file = Files.readString(Path.of("examples/vscode/.vscode/tasks.json"));
    return new JsonObject(file).getJsonArray("tasks").getJsonObject(0);
  }

  private static List<String> problems(JsonObject matcher, String text) {
    JsonObject pattern = matcher.getJsonObject("pattern");
    Pattern regexp = Pattern.compile(pattern.getString("regexp"));
    assertThat(matcher.getString("fileLocation")).isEqualTo("absolute");
    return text.lines()
        .map(regexp::matcher)
        .filter(Matcher::matches)
        .map(
            found ->
                found.group(pattern.getInteger("file"))
                    + "|"
                    + found.group(pattern.getInteger("line"))
                    + "|"
                    + found.group(pattern.getInteger("message")))
        .toList();
  }
}
