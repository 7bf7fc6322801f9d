/**
 * The client: sends one request to a server's bridge, shows what comes back, and says how it ended.
 */
package dev.toxserver.client;
