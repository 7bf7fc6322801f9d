package dev.toxserver.client.paths;

/**
 * A place in a file at which something is wrong, as the run's output tells it.
 *
 * @param path as it was printed: of the server's machine, or relative to a folder there
 * @param line from 1
 * @param message one line
 */
public record Problem(String path, int line, String message) {}
