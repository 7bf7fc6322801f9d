package dev.toxserver.server.tokens;

import dev.toxserver.protocol.RunId;
import java.util.Optional;

/**
 * A run as the server knows it when a link to it is made or shown.
 *
 * @param acceptedMillis when it was accepted, since 1970: no other run of the server's was then, so
 *     that a later run of the same id is told from it
 * @param isOver whether it has ended
 * @param endedMillis when, since 1970; empty if it has not, or its server died and nobody knows
 */
public record SharedRun(
    RunId id, long acceptedMillis, boolean isOver, Optional<Long> endedMillis) {}
