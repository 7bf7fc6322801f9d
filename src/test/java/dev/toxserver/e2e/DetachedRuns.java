package dev.toxserver.e2e;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Runs of a server that nobody waits for, asked for by their ids. */
record DetachedRuns(Server server) {
  void run(String id, String... args) throws IOException {
    start(asked(id, args));
  }

  /** The run of an environment in a matrix. */
  void cell(String id, String environment, String matrix, String... args) throws IOException {
    JsonObject cell = new JsonObject().put("environment", environment).put("id", matrix);
    start(asked(id, args).put("matrix", cell));
  }

  /** A loop of so many rounds at most; its first has the id. */
  void loop(String id, int rounds, String... args) throws IOException {
    start(asked(id, args).put("rounds", rounds));
  }

  void cancel(String id) throws IOException {
    ask("tox.cancel", new JsonObject().put("id", id));
  }

  /** How many runs the server knows, those that have ended among them. */
  int count() throws IOException {
    return ask("tox.status", new JsonObject()).getJsonArray("runs").size();
  }

  private static JsonObject asked(String id, String... args) {
    JsonArray words = new JsonArray(List.of((Object[]) args));
    return new JsonObject().put("id", id).put("detach", true).put("args", words);
  }

  private void start(JsonObject body) throws IOException {
    ask("tox.run", body);
  }

  private JsonObject ask(String address, JsonObject body) throws IOException {
    try (BridgeSocket socket = server.socket()) {
      socket.request(address, body);
      return socket.nextFrom("reply");
    }
  }
}
