/**
 * What makes several hubs one server, over NATS: the facts of all runs, and who sees to what nobody
 * else would. Loaded with {@code --nats} alone.
 */
package dev.toxserver.server.shared;
