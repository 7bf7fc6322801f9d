package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The one class that knows the JSON of every {@link Fact}. */
public final class FactJson {
  private FactJson() {}

  /** The value to keep under {@link Fact#key}. */
  public static JsonObject encode(Fact fact) {
    JsonObject value = new JsonObject();
    if (fact instanceof Fact.Asked asked) {
      encode(asked, value);
    } else if (fact instanceof Fact.Placed placed) {
      Placement placement = placed.placement();
      value
          .put("runner", placement.runner().value())
          .put("session", placement.session())
          .put("placement", placement.name())
          .put("nextSeq", placement.nextSeq())
          .put("gone", placement.goneMillis())
          .put("millis", placed.millis());
    } else if (fact instanceof Fact.NotPlaced notPlaced) {
      value.put("exit", RunEventJson.encode(notPlaced.exit()));
    } else if (fact instanceof Fact.Ended ended) {
      value
          .put("exit", RunEventJson.encode(ended.exit()))
          .put("index", ended.index())
          .put("millis", ended.millis());
      ended.results().ifPresent(found -> value.put("results", RunResultsJson.encode(found)));
    } else if (fact instanceof Fact.Again again) {
      value.put("nextSeq", again.nextSeq()).put("why", again.why());
    } else if (fact instanceof Fact.At at) {
      at.hub().ifPresent(hub -> value.put("hub", hub));
      value.put("hold", at.hold());
    } else if (fact instanceof Fact.Cancel cancel) {
      value.put("by", cancel.by()).put("why", cancel.why());
    }
    return value;
  }

  private static void encode(Fact.Asked asked, JsonObject value) {
    value
        .put("run", RequestJson.encode(asked.request()))
        .put("env", new JsonArray(asked.env()))
        .put("nonce", asked.nonce())
        .put("hub", asked.hub())
        .put("millis", asked.millis());
    asked.owner().ifPresent(token -> value.put("owner", token));
    asked
        .round()
        .ifPresent(round -> value.put("loop", round.loop().value()).put("round", round.number()));
    asked.span().ifPresent(span -> value.put("span", span.encode()));
  }

  /**
   * Reads a fact.
   *
   * @param key under which it was found
   * @return nothing for a key of a kind that this version does not know
   * @throws MalformedException naming what is wrong
   */
  public static Optional<Fact> decode(String key, JsonObject value) {
    String[] parts = key.split("\\.");
    if (parts.length < 3 || parts.length > 4) {
      return Optional.empty();
    }
    Life life = new Life(new RunId(parts[0]), number(parts[1]));
    Fields fields = Fields.of(value);
    return Optional.ofNullable(
        parts.length == 3
            ? decode(life, parts[2], fields)
            : decode(life, parts[2], number(parts[3]), fields));
  }

  private static Fact decode(Life life, String kind, Fields fields) {
    return switch (kind) {
      case FactName.ASKED -> asked(life, fields);
      case FactName.CANCEL -> new Fact.Cancel(life, fields.text("by"), fields.text("why"));
      default -> null;
    };
  }

  private static Fact decode(Life life, String kind, int number, Fields fields) {
    return switch (kind) {
      case FactName.PLACED ->
          fields.has("exit")
              ? new Fact.NotPlaced(life, number, exit(fields))
              : new Fact.Placed(life, number, placement(fields), fields.count("millis"));
      case FactName.ENDED ->
          fields.has("exit")
              ? ended(life, number, fields)
              : new Fact.Again(life, number, fields.count("nextSeq"), fields.text("why"));
      case FactName.AT ->
          new Fact.At(life, number, fields.optionalText("hub"), fields.count("hold"));
      default -> null;
    };
  }

  private static Fact.Asked asked(Life life, Fields fields) {
    return new Fact.Asked(
        life,
        RequestJson.decodeRun(fields.object().getValue("run")),
        fields.words("env"),
        fields.text("nonce"),
        fields.optionalText("owner"),
        fields.text("hub"),
        fields
            .optionalText("loop")
            .map(loop -> new Round(new RunId(loop), fields.smallCount("round"))),
        fields.count("millis"),
        fields.has("span") ? Optional.of(RunSpan.decode(fields.nested("span"))) : Optional.empty());
  }

  private static Placement placement(Fields fields) {
    return new Placement(
        new RunnerName(fields.text("runner")),
        fields.text("session"),
        fields.text("placement"),
        fields.count("nextSeq"),
        RunnerJoin.goneMillis(fields));
  }

  private static Fact.Ended ended(Life life, int number, Fields fields) {
    return new Fact.Ended(
        life,
        number,
        exit(fields),
        fields.has("results")
            ? Optional.of(RunResultsJson.decode(fields.object().getValue("results")))
            : Optional.empty(),
        fields.count("index"),
        fields.count("millis"));
  }

  private static RunEvent.Exit exit(Fields fields) {
    return RunEventJson.decodeExit(fields.object().getValue("exit"));
  }

  private static int number(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new MalformedException("key", "has no number in its place: " + text);
    }
  }
}
