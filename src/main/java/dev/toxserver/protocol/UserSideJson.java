package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The part of {@link RunRequestJson} that reads a {@link UserSide}. */
final class UserSideJson {
  private UserSideJson() {}

  /**
   * Reads it from the body of a run.
   *
   * @throws MalformedException naming the field that is wrong
   */
  static UserSide decode(Fields fields) {
    Optional<TerminalRequest> terminal = Optional.empty();
    if (fields.has("terminal")) {
      Fields wanted = fields.nested("terminal");
      terminal = Optional.of(new TerminalRequest(TerminalSize.of(wanted), wanted.text("term")));
    }
    boolean stdin = fields.flag("stdin", false);
    return fields.has("env")
        ? new UserSide(terminal, stdin, Optional.of(env(fields.nested("env").object())))
        : new UserSide(terminal, stdin, Optional.empty());
  }

  /** No message shows a value: it may be a secret. */
  private static Map<String, String> env(JsonObject object) {
    if (object.size() > UserSide.MAX_VARIABLES) {
      throw new MalformedException(
          "env", object.size() + " variables are more than " + UserSide.MAX_VARIABLES);
    }
    Map<String, String> env = new HashMap<>();
    long bytes = 0;
    for (Map.Entry<String, Object> variable : object) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new MalformedException("env", "a variable's name must not be empty or hold a =");
      }
      if (!(variable.getValue() instanceof String value)) {
        throw new MalformedException("env", "each value must be a string");
      }
      RunRequestJson.checkText("env", name);
      RunRequestJson.checkText("env", value);
      bytes += RunRequestJson.bytesOf(name) + RunRequestJson.bytesOf(value);
      env.put(name, value);
    }
    if (bytes > UserSide.MAX_ENV_BYTES) {
      throw new MalformedException("env", bytes + " bytes are more than " + UserSide.MAX_ENV_BYTES);
    }
    return env;
  }
}
