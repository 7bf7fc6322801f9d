/**
 * Runs again and again: which files of the user's were saved, and which run follows. Knows neither
 * the server nor the event bus; the command line drives it. Loaded only by the commands that run
 * more than once.
 */
package dev.toxserver.watch;
