/**
 * What is done with the paths in a run's output, which are those of the server's machine: links on
 * a terminal, and lines for an editor. Loaded only when one of these is wanted.
 */
package dev.toxserver.client.paths;
