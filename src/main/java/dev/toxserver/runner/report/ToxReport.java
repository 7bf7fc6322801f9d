package dev.toxserver.runner.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.RunResults;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What tox's own file ({@code --result-json}) says of a run's environments. It holds all that their
 * commands have printed, too: that is passed over, and never in memory.
 *
 * <p>tox 4 tells of each environment whether it has passed, and its time; tox 3 only the exit codes
 * of its commands.
 */
final class ToxReport {
  private static final Set<String> COMMANDS = Set.of("setup", "test");

  private final boolean allPassed;
  private final JsonParser json;
  private final List<EnvironmentResult> environments = new ArrayList<>();

  private ToxReport(JsonParser json, boolean allPassed) {
    this.json = json;
    this.allPassed = allPassed;
  }

  /**
   * Reads one.
   *
   * @param allPassed whether tox has left with 0: then a command of tox 3's that has failed was
   *     allowed to
   * @throws IOException if it can't be read, or is no such file
   */
  static List<EnvironmentResult> read(InputStream in, boolean allPassed) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      ToxReport report = new ToxReport(json, allPassed);
      report.read();
      return report.environments;
    }
  }

  private void read() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("is no object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals("testenvs");
      if (json.nextToken() == JsonToken.START_OBJECT && found) {
        readEnvironments();
      } else {
        json.skipChildren();
      }
    }
  }

  private void readEnvironments() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      // One of tox's own, which builds the package, begins with a dot.
      boolean packages = name.startsWith(".");
      if (value == JsonToken.START_OBJECT
          && !packages
          && environments.size() < RunResults.MOST_ENVIRONMENTS) {
        readEnvironment(RunResults.shown(name));
      } else {
        json.skipChildren();
      }
    }
  }

  private void readEnvironment(String name) throws IOException {
    Environment found = new Environment();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("result") && value == JsonToken.START_OBJECT) {
        readResult(found);
      } else if (COMMANDS.contains(field) && value == JsonToken.START_ARRAY) {
        found.begun = true;
        found.failed |= anyFailed();
      } else {
        json.skipChildren();
      }
    }
    environments.add(found.result(name, allPassed));
  }

  private void readResult(Environment found) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("success") && value.isBoolean()) {
        found.success = Optional.of(json.getBooleanValue());
      } else if (field.equals("duration") && value.isNumeric()) {
        found.millis = Optional.of(Math.max(0, Math.round(json.getDoubleValue() * 1000)));
      } else {
        json.skipChildren();
      }
    }
  }

  /** Whether one of an array's commands has left with anything but 0. */
  private boolean anyFailed() throws IOException {
    boolean failed = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        failed |= hasFailed();
      } else {
        json.skipChildren();
      }
    }
    return failed;
  }

  private boolean hasFailed() throws IOException {
    boolean failed = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && field.equals("retcode")) {
        failed = !json.getText().equals("0");
      } else {
        json.skipChildren();
      }
    }
    return failed;
  }

  /** What is found of one. */
  private static final class Environment {
    private Optional<Boolean> success = Optional.empty();
    private Optional<Long> millis = Optional.empty();
    private boolean begun;
    private boolean failed;

    /** tox 4 calls it a success, too, if it has skipped one. */
    private EnvironmentResult result(String name, boolean allPassed) {
      Optional<Boolean> passed = success.or(() -> Optional.of(allPassed || !failed));
      return new EnvironmentResult(
          name, passed.filter(well -> begun || !well), millis, Optional.empty(), List.of());
    }
  }
}
