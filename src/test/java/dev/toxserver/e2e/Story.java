package dev.toxserver.e2e;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a client was told, without what differs from one time to the next: process ids, paths,
 * clocks, how output was cut into events, how many heartbeats came, and which of two runs spoke
 * first. What one run said keeps its order.
 */
final class Story {
  private static final Set<String> VARYING = Set.of("pid", "time", "uptime", "version", "duration");

  private final Map<String, String> facts = new TreeMap<>();
  private final Map<String, Integer> nextSeq = new TreeMap<>();

  /** Each fact by its name. */
  Map<String, String> facts() {
    return facts;
  }

  /** Takes in what the server sent. */
  void add(JsonObject frame) {
    String address = frame.getString("address", "");
    if (address.startsWith("tox.output.")) {
      addEvent(address, frame);
    } else {
      // A second answer to one request would show.
      facts.merge(frame.getString("type") + " " + address, fixed(frame).encode(), String::concat);
      if (frame.getValue("body") instanceof JsonObject body && body.containsKey("id")) {
        facts.merge("tox.output." + body.getString("id") + " order", " answer", String::concat);
      }
    }
  }

  /** Whether it has told all of another story, or more than that. */
  boolean covers(Story other) {
    return other.facts.entrySet().stream()
        .allMatch(fact -> facts.getOrDefault(fact.getKey(), "").startsWith(fact.getValue()));
  }

  private void addEvent(String address, JsonObject frame) {
    JsonObject event = frame.getJsonObject("body");
    String type = event.getString("type");
    if (type.equals("heartbeat")) {
      facts.put(address + " heartbeat " + event.getString("state"), fixed(frame).encode());
      return;
    }
    int seq = nextSeq.merge(address, 1, Integer::sum) - 1;
    if (event.getInteger("seq") != seq) {
      throw new AssertionError("seq is not " + seq + " in " + frame);
    }
    String order = facts.getOrDefault(address + " order", "");
    if (!type.equals("output")) {
      facts.put(address + " order", order + " " + type);
      facts.merge(address + " " + type, fixed(frame).encode(), String::concat);
      return;
    }
    if (!order.endsWith(" output")) {
      facts.put(address + " order", order + " output");
    }
    String stream = event.getString("stream");
    byte[] data = Base64.getDecoder().decode(event.getString("data"));
    facts.merge(address + " " + stream, new String(data, StandardCharsets.UTF_8), String::concat);
    event.put("data", "");
    facts.put(address + " shape of " + stream, fixed(frame).encode());
  }

  /** What varies is replaced by its type, so that a field that is missing or new shows. */
  private static JsonObject fixed(JsonObject frame) {
    JsonObject copy = frame.copy();
    if (copy.getValue("body") instanceof JsonObject body) {
      for (String field : VARYING) {
        if (body.containsKey(field)) {
          body.put(field, body.getValue(field) instanceof Number ? 0 : "");
        }
      }
      if (body.containsKey("seq")) {
        body.put("seq", 0);
      }
      if (body.containsKey("command")) {
        body.getJsonArray("command").set(0, "tox");
      }
    }
    return copy;
  }
}
