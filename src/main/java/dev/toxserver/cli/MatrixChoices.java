package dev.toxserver.cli;

import picocli.CommandLine.Model.CommandSpec;

/**
 * How the user wants a matrix to be carried out.
 *
 * @param live whether all output is shown as it comes
 * @param failFast whether all others are ended when one has failed
 * @param skipMissing whether what no runner can take is left out
 */
record MatrixChoices(boolean live, boolean failFast, boolean skipMissing) {

  /** None of all that. */
  static final MatrixChoices USUAL = new MatrixChoices(false, false, false);

  /** Those that a command was given that was parsed. */
  static MatrixChoices of(CommandSpec command) {
    return new MatrixChoices(
        MatrixOptions.isGiven(command, MatrixOptions.LIVE),
        MatrixOptions.isGiven(command, MatrixOptions.FAIL_FAST),
        MatrixOptions.isGiven(command, MatrixOptions.SKIP_MISSING));
  }
}
