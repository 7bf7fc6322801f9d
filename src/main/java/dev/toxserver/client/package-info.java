/**
 * The client: sends one request over a link, shows what comes back, and says how it ended. {@code
 * State} is its heart: the table of what happens when.
 */
package dev.toxserver.client;
