/**
 * tox-server: a warm command server that runs tox where the tests must run, and its client.
 *
 * <p>Packages, in the order in which they may import each other (left imports right, never back):
 *
 * <pre>
 * Main → cli → {server, runner, agent, client, watch, matrix}      agent → client      agent.mcp → agent
 * {client, runner} → link      {server, runner} → nats
 * {server, runner, client, agent, link, matrix} → protocol     all but protocol → config
 * protocol and config import no sibling
 * </pre>
 *
 * <p>{@code server}, {@code runner} and {@code client} never import each other: what passes between
 * them is on the event bus. {@code server} has rooms of its own, which its package-info draws. The
 * test {@code ArchitectureTest} holds all of this.
 */
package dev.toxserver;
