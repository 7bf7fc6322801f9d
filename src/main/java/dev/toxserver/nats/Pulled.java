package dev.toxserver.nats;

/**
 * A message of a work queue that is ours until it is acknowledged, given back, or its time is over.
 *
 * @param ackTo where to answer; a hub may do so for the runner that has pulled it
 */
public record Pulled(Stored message, String ackTo) {}
