/**
 * The contract: every address, message and JSON shape that crosses the event bus or the bridge.
 *
 * <p>The only place that knows them. docs/protocol.md tells the same to people who write clients in
 * other languages.
 */
package dev.toxserver.protocol;
