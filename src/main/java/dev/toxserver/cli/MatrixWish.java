package dev.toxserver.cli;

import java.util.List;

/**
 * A matrix as the user wants it, once or again and again.
 *
 * @param named the environments that the user names; if there are none, tox's own
 */
record MatrixWish(MatrixRuns runs, List<String> named, MatrixChoices choices) {}
