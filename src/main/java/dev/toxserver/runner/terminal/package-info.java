/**
 * Terminals for runs: on Java 22 and later one that the server opens itself, before that one that
 * {@code script} opens. Loaded when a run first asks for one.
 */
package dev.toxserver.runner.terminal;
