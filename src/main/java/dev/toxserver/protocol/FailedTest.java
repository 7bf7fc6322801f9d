package dev.toxserver.protocol;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A test that failed, or could not be set up.
 *
 * @param name with its class or module before it
 * @param file where it failed, as the test runner writes it
 * @param line in that file, from 1
 * @param message why, in one line; may be empty
 */
public record FailedTest(String name, Optional<String> file, OptionalInt line, String message) {

  /** Roughly the bytes that it takes in memory. */
  long weight() {
    return 200 + 2L * (name.length() + file.orElse("").length() + message.length());
  }

  /** {@code tests/test_a.py:12}, or what is known of that. */
  public Optional<String> place() {
    return file.map(path -> line.isPresent() ? path + ":" + line.getAsInt() : path);
  }
}
