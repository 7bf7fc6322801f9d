/**
 * What the server keeps of each run: its events, in memory and then in files, and what became of
 * it. Knows neither connections nor the queue.
 */
package dev.toxserver.server.journal;
