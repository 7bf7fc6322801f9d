package dev.toxserver.e2e;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes what a client might send, and then spoils it: the same again for the same seed. */
final class FrameGenerator {
  private static final List<String> NAMES =
      List.of("type", "address", "replyAddress", "body", "headers", "id", "args", "timeout");

  private static final List<String> ODD_JSON =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "-0.0",
          "9".repeat(900),
          "9".repeat(1_100),
          "1e-999999999",
          "[]",
          "{}",
          "[[[[{}]]]]",
          "[".repeat(500) + "]".repeat(500),
          "{\"a\":".repeat(990) + "1" + "}".repeat(990),
          "[".repeat(5_000),
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\ud83d\ude00\u202e\"",
          "\"" + "x".repeat(70_000) + "\"",
          "\"tox.runner.local.start\"",
          "\"tox.output.fuzz-1\"",
          "\"ping\"",
          "\"send\"",
          "\"register\"",
          "\"publish\"");

  private static final String[] HEADERS = {
    "timeout", "codecName", "localOnly", "connection", "token", "__vertx.trace", ""
  };

  private final Random random;
  private final String token;
  private int ids;

  FrameGenerator(long seed, String token) {
    this.random = new Random(seed);
    this.token = token;
  }

  /** What one connection sends: pieces, each to be written at once. */
  List<Buffer> session() {
    Buffer all = Buffer.buffer();
    int frames = 1 + random.nextInt(12);
    for (int n = 0; n < frames; n++) {
      all.appendBuffer(frame(n == 0));
    }
    if (chance(4)) {
      all = all.slice(0, random.nextInt(all.length()) + 1);
    }
    return pieces(all);
  }

  private List<Buffer> pieces(Buffer all) {
    List<Buffer> pieces = new ArrayList<>();
    int most = chance(3) ? 1 + random.nextInt(50) : all.length();
    int at = 0;
    while (at < all.length() && pieces.size() < 40) {
      int length = Math.min(all.length() - at, 1 + random.nextInt(most));
      pieces.add(all.slice(at, at + length));
      at += length;
    }
    pieces.add(all.slice(at, all.length()));
    return pieces;
  }

  private Buffer frame(boolean first) {
    JsonObject frame = sound();
    if (first && !chance(5)) {
      frame.put("headers", new JsonObject().put("token", token));
    }
    String json = spoiled(frame.encode());
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && chance(12)) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    if (isAllowed(new String(bytes, StandardCharsets.UTF_8))) {
      return Buffer.buffer().appendInt(length(bytes.length)).appendBytes(bytes);
    }
    return Buffer.buffer().appendInt(2).appendString("{}");
  }

  private int length(int right) {
    return switch (random.nextInt(60)) {
      case 0 -> 0;
      case 1 -> -1 - random.nextInt(1_000);
      case 2 -> random.nextInt();
      case 3 -> 1024 * 1024 + random.nextInt(3) - 1;
      case 4 -> right + random.nextInt(9) - 4;
      default -> right;
    };
  }

  private JsonObject sound() {
    String id = "fuzz-" + random.nextInt(1 + ids);
    return switch (random.nextInt(15)) {
      case 0, 1 -> new JsonObject().put("type", "ping");
      case 2, 3, 4 -> new JsonObject().put("type", "register").put("address", "tox.output." + id);
      case 5 -> new JsonObject().put("type", "unregister").put("address", "tox.output." + id);
      case 6 -> send("tox.run", run());
      case 7 -> send("tox.cancel", new JsonObject().put("id", id));
      case 8 -> send("tox.quit", 5);
      case 9 -> new JsonObject().put("type", "publish").put("address", "tox.output." + id);
      case 10 -> send("tox.input", input(id));
      case 11 -> send("tox.resize", size().put("id", id));
      case 12 -> send("tox.attach", attach(id));
      default -> send("tox.ping", new JsonObject());
    };
  }

  private JsonObject input(String id) {
    JsonObject input = new JsonObject().put("id", id).put("offset", number());
    return chance(4)
        ? input.put("end", chance(2) ? true : number())
        : input.put("data", chance(4) ? "?" : "YWJj".repeat(random.nextInt(20_000)));
  }

  private JsonObject attach(String id) {
    return new JsonObject()
        .put("id", id)
        .put(chance(2) ? "take" : "requester", true)
        .put("hold", number());
  }

  private JsonObject size() {
    return new JsonObject().put("columns", number()).put("rows", 1 + random.nextInt(100));
  }

  private Object number() {
    return switch (random.nextInt(6)) {
      case 0 -> -1;
      case 1 -> Long.MAX_VALUE;
      case 2 -> 0.5;
      case 3 -> "1";
      default -> random.nextInt(3);
    };
  }

  private JsonObject run() {
    JsonArray args = new JsonArray();
    for (int n = random.nextInt(4); n > 0; n--) {
      args.add("x".repeat(random.nextInt(30)));
    }
    JsonObject run = new JsonObject().put("id", "fuzz-" + ids++);
    return switch (random.nextInt(6)) {
      case 0 -> run.put("program", new JsonArray().add("cat")).put("stdin", true);
      case 1 ->
          run.put("program", new JsonArray().add("cat"))
              .put("terminal", size().put("term", chance(4) ? "" : "dumb"));
      case 2 -> run.put("args", args).put("env", new JsonObject().put("N", number()));
      default -> run.put("args", args);
    };
  }

  private JsonObject send(String address, Object body) {
    return new JsonObject()
        .put("type", "send")
        .put("address", address)
        .put("replyAddress", chance(20) ? "r".repeat(random.nextInt(100_000)) : "r")
        .put("body", body);
  }

  private String spoiled(String json) {
    String result = json;
    if (chance(3)) {
      result = withField(result, NAMES.get(random.nextInt(NAMES.size())), odd());
    }
    if (chance(6)) {
      String header = HEADERS[random.nextInt(HEADERS.length)];
      result = withField(result, "headers", "{\"" + header + "\":" + odd() + "}");
    }
    if (chance(25)) {
      result = result.substring(0, random.nextInt(result.length()));
    }
    return chance(25) ? result + odd() : result;
  }

  /** At the front, or behind what it has already: the last of two counts. */
  private String withField(String json, String name, String value) {
    String field = "\"" + name + "\":" + value;
    return chance(2)
        ? "{" + field + "," + json.substring(1)
        : json.substring(0, json.length() - 1) + "," + field + "}";
  }

  private String odd() {
    return ODD_JSON.get(random.nextInt(ODD_JSON.size()));
  }

  /** Everything but what would rightly end the server, or the bystander's run. */
  private static boolean isAllowed(String json) {
    try {
      JsonObject frame = new JsonObject(json);
      boolean quits = "tox.quit".equals(frame.getValue("address"));
      return !(quits && frame.getValue("body") instanceof JsonObject);
    } catch (DecodeException e) {
      return true;
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
