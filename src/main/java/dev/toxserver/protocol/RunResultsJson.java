package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How {@link RunResults} look, in an event, in an answer and in a file. */
public final class RunResultsJson {
  private RunResultsJson() {}

  /** The results as the fields of an object of their own. */
  public static JsonObject encode(RunResults results) {
    JsonArray environments = new JsonArray();
    results.environments().forEach(each -> environments.add(encode(each)));
    JsonObject object = new JsonObject().put("environments", environments);
    results.notice().ifPresent(notice -> object.put("notice", notice));
    return object;
  }

  private static JsonObject encode(EnvironmentResult environment) {
    JsonObject object = new JsonObject().put("name", environment.name());
    environment.passed().ifPresent(passed -> object.put("outcome", passed ? "passed" : "failed"));
    environment
        .durationMillis()
        .ifPresent(millis -> object.put("duration", BigDecimal.valueOf(millis, 3)));
    environment
        .tests()
        .ifPresent(
            counts ->
                object.put(
                    "tests",
                    new JsonObject()
                        .put("passed", counts.passed())
                        .put("failed", counts.failed())
                        .put("skipped", counts.skipped())));
    if (!environment.failures().isEmpty()) {
      JsonArray failures = new JsonArray();
      environment.failures().forEach(each -> failures.add(encode(each)));
      object.put("failures", failures);
    }
    return object;
  }

  private static JsonObject encode(FailedTest test) {
    JsonObject object = new JsonObject().put("test", test.name());
    test.file().ifPresent(file -> object.put("file", file));
    test.line().ifPresent(line -> object.put("line", line));
    return object.put("message", test.message());
  }

  /**
   * Reads them.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunResults decode(Object body) {
    Fields fields = Fields.of(body);
    List<EnvironmentResult> environments = new ArrayList<>();
    for (Object each : fields.array("environments")) {
      environments.add(environment(Fields.of(each)));
    }
    return new RunResults(environments, fields.optionalText("notice"));
  }

  private static EnvironmentResult environment(Fields fields) {
    List<FailedTest> failures = new ArrayList<>();
    if (fields.has("failures")) {
      for (Object each : fields.array("failures")) {
        failures.add(test(Fields.of(each)));
      }
    }
    return new EnvironmentResult(
        fields.text("name"),
        fields.optionalText("outcome").map("passed"::equals),
        fields.optionalMillis("duration"),
        fields.has("tests") ? Optional.of(counts(fields.nested("tests"))) : Optional.empty(),
        failures);
  }

  private static TestCounts counts(Fields fields) {
    return new TestCounts(
        fields.smallCount("passed"), fields.smallCount("failed"), fields.smallCount("skipped"));
  }

  private static FailedTest test(Fields fields) {
    return new FailedTest(
        fields.text("test"),
        fields.optionalText("file"),
        fields.has("line") ? OptionalInt.of(fields.smallCount("line")) : OptionalInt.empty(),
        fields.text("message"));
  }
}
