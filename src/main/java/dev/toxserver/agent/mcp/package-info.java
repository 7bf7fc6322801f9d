/**
 * The Model Context Protocol for agents, over lines of JSON (modelcontextprotocol.io): what is read
 * and answered, the tools, and the bounds of their answers. Whoever drives it has the streams and
 * the connections to the server; this knows neither.
 *
 * <p>By hand, and not with the official Java SDK (mcp-core 2.1.0): that and what it needs (Reactor,
 * Jackson's data binding, a validator of JSON schemas, SnakeYAML) would make the jar 6 MB larger,
 * and 9.4 MB it has without; it takes twice as long to start, reads a line of any length, and does
 * not know the protocol's revision of 2026. docs/agents.md has the numbers.
 */
package dev.toxserver.agent.mcp;
