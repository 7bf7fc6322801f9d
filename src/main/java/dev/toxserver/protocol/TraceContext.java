package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Which span whoever works within it belongs to: <a href="https://www.w3.org/TR/trace-context/">W3C
 * Trace Context</a>, as the environment variables {@code TRACEPARENT} and {@code TRACESTATE} hold
 * it.
 *
 * @param trace 32 hexadecimal digits, not all 0
 * @param span 16 hexadecimal digits, not all 0
 * @param sampled whether spans of this trace are recorded
 * @param state what others have noted of the trace, which is handed on as it is
 */
public record TraceContext(String trace, String span, boolean sampled, Optional<String> state) {
  /** The variable that names the span. */
  public static final String PARENT = "TRACEPARENT";

  /** The variable with what others have noted. */
  public static final String STATE = "TRACESTATE";

  /** That of version 00; a later one may have more behind it. */
  private static final Pattern FORM =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** What everybody has to hand on; of longer ones nothing is. */
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,512}");

  private static final int SAMPLED = 1;

  /** One that begins a trace, which is recorded. */
  public static TraceContext root() {
    return new TraceContext(digits(2), digits(1), true, Optional.empty());
  }

  /** One within this one. */
  public TraceContext child() {
    return new TraceContext(trace, digits(1), sampled, state);
  }

  /** What variables say of it; none if that is not valid, or they say nothing. */
  public static Optional<TraceContext> of(Map<String, String> variables) {
    return of(variables.get(PARENT), variables.get(STATE));
  }

  /** What a message says of it; none if that is not valid, or it says nothing. */
  static Optional<TraceContext> of(Fields fields) {
    return of(
        fields.optionalText("traceparent").orElse(null),
        fields.optionalText("tracestate").orElse(null));
  }

  /** Puts it into a message. */
  void writeTo(JsonObject body) {
    body.put("traceparent", parent());
    state.ifPresent(text -> body.put("tracestate", text));
  }

  /**
   * The same of their values.
   *
   * @param state may be null
   */
  static Optional<TraceContext> of(String parent, String state) {
    var parts = FORM.matcher(parent == null ? "" : parent);
    if (!parts.matches()
        || parts.group(1).equals("00") && parts.group(5) != null
        || isZero(parts.group(2))
        || isZero(parts.group(3))) {
      return Optional.empty();
    }
    return Optional.of(
        new TraceContext(
            parts.group(2),
            parts.group(3),
            (HexFormat.fromHexDigits(parts.group(4)) & SAMPLED) != 0,
            Optional.ofNullable(state).filter(text -> PRINTABLE.matcher(text).matches())));
  }

  /** The value of {@code TRACEPARENT}. */
  public String parent() {
    return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
  }

  /** Gives variables what they say within this context, whatever they have said. */
  public void putInto(Map<String, String> variables) {
    variables.put(PARENT, parent());
    variables.remove(STATE);
    state.ifPresent(text -> variables.put(STATE, text));
  }

  private static boolean isZero(String digits) {
    return digits.chars().allMatch(digit -> digit == '0');
  }

  /** As many times 64 bits, which are never 0. */
  private static String digits(int count) {
    SplittableRandom random = new SplittableRandom();
    StringBuilder digits = new StringBuilder();
    for (int n = 0; n < count; n++) {
      digits.append(HexFormat.of().toHexDigits(random.nextLong(1, Long.MAX_VALUE)));
    }
    return digits.toString();
  }
}
