package dev.toxserver.protocol;

/**
 * How long a run usually takes.
 *
 * @param millis the median duration of earlier runs of the same invocation that have passed
 * @param runs how many of these are known
 */
public record Usual(long millis, int runs) {}
