package dev.toxserver.protocol;

/**
 * How many tests there were.
 *
 * @param failed those among them that could not be set up, too
 */
public record TestCounts(int passed, int failed, int skipped) {}
