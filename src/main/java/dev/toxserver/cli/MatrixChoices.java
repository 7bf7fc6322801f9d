package dev.toxserver.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * How the user wants a matrix to be carried out.
 *
 * @param live whether all output is shown as it comes
 * @param failFast whether all others are ended when one has failed
 * @param skipMissing whether what no runner can take is left out
 * @param part which part of it, if not the whole
 */
record MatrixChoices(
    boolean live, boolean failFast, boolean skipMissing, Optional<MatrixPart> part) {

  /** Of the whole. */
  MatrixChoices(boolean live, boolean failFast, boolean skipMissing) {
    this(live, failFast, skipMissing, Optional.empty());
  }

  /** None of all that. */
  static final MatrixChoices USUAL = new MatrixChoices(false, false, false);

  /**
   * Those that a command was given that was parsed.
   *
   * @param folder where the user is
   */
  static MatrixChoices of(CommandSpec command, Path folder) {
    return new MatrixChoices(
        MatrixOptions.isGiven(command, MatrixOptions.LIVE),
        MatrixOptions.isGiven(command, MatrixOptions.FAIL_FAST),
        MatrixOptions.isGiven(command, MatrixOptions.SKIP_MISSING),
        MatrixPart.of(command, folder));
  }
}
