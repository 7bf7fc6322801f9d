/**
 * End-to-end tests: the fat jar, started as a user starts it, with real child processes.
 *
 * <p>{@code Server} and {@code Client} are processes; {@code Script} is what stands for tox where a
 * test needs one that misbehaves.
 */
package dev.toxserver.e2e;
