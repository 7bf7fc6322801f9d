/**
 * The user's own terminal while a run has it: its settings and size, the keys that are typed, and
 * what the run's output makes of its screen. Loaded only when a run has a terminal or is given
 * standard input.
 */
package dev.toxserver.client.console;
