package dev.toxserver.cli;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TokenRequest;
import dev.toxserver.protocol.TokenStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Tokens, and how long they last, as people read and write them. */
final class TokenText {
  private static final List<String> HEADER = List.of("ID", "MAY", "CREATED", "EXPIRES", "ARGS");
  private static final String UNITS = "smhd";
  private static final List<Integer> SECONDS = List.of(1, 60, 60 * 60, 24 * 60 * 60);

  private TokenText() {}

  /** A line for each, below a header; times are those of this machine's zone. */
  static String table(List<TokenStatus> tokens) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (TokenStatus token : tokens) {
      rows.add(
          List.of(
              token.id(),
              token.run().map(run -> "read " + run).orElse(token.scope().wireName()),
              time(token.createdMillis()),
              end(token),
              args(token)));
    }
    return Table.of(rows);
  }

  /** What is said of a link beside it. */
  static String shared(TokenStatus link) {
    OptionalLong end = link.expiresMillis();
    return "It shows run %s until %s. 'token revoke %s' ends it."
        .formatted(
            link.run().map(RunId::value).orElse(""),
            end.isPresent() ? time(end.getAsLong()) + " at the latest" : "10 minutes after its end",
            link.id());
  }

  /** What is said of a new one beside it. */
  static String made(TokenStatus token) {
    OptionalLong end = token.expiresMillis();
    return "Token %1$s%2$s. It is shown only this once; 'token revoke %1$s' ends it."
        .formatted(token.id(), end.isPresent() ? ", until " + time(end.getAsLong()) : "");
  }

  /** An option that takes such a time. */
  static OptionSpec.Builder option(String name, String meaning) {
    return OptionSpec.builder(name)
        .type(Long.class)
        .converters(TokenText::seconds)
        .paramLabel("TIME")
        .description(meaning);
  }

  /** What that option of a command that was parsed was given. */
  static OptionalLong seconds(CommandSpec given, String option) {
    Long seconds = given.commandLine().getParseResult().matchedOptionValue(option, (Long) null);
    return seconds == null ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  /**
   * How many seconds {@code 90s}, {@code 30m}, {@code 8h} or {@code 7d} are.
   *
   * @throws TypeConversionException for anything else, and for what is longer than ten years
   */
  static long seconds(String text) {
    int end = text.length() - 1;
    int unit = end < 1 ? -1 : UNITS.indexOf(text.charAt(end));
    try {
      long seconds = Math.multiplyExact(Long.parseLong(text.substring(0, end)), SECONDS.get(unit));
      if (seconds >= 1 && seconds <= TokenRequest.MAX_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException | ArithmeticException | IndexOutOfBoundsException e) {
      // As below.
    }
    throw new TypeConversionException("'" + text + "' is no time such as 30m, 8h or 7d");
  }

  private static String end(TokenStatus token) {
    if (token.expiresMillis().isPresent()) {
      return time(token.expiresMillis().getAsLong());
    }
    return token.run().isPresent() ? "with its run" : "never";
  }

  private static String args(TokenStatus token) {
    return token.args().isEmpty() ? "" : "'" + String.join("', '", token.args()) + "'";
  }

  private static String time(long millis) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
        .withZone(ZoneId.systemDefault())
        .format(Instant.ofEpochMilli(millis));
  }
}
