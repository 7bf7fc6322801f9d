/**
 * Who comes in, and what may come in: connections, the limits and rules for what they send, the
 * token, TLS, and the stock bridge. Knows neither runs' events nor the queue.
 */
package dev.toxserver.server.door;
